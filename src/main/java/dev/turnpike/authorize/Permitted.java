package dev.turnpike.authorize;

import dev.turnpike.exchange.Grounds;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.route.Routed;
import java.util.Optional;

/** Proof that the rules let the call through. Only {@link Policy} can make one. */
public final class Permitted implements Visibility {
  private final Routed routed;
  private final Grounds grounds;
  private final Listing listing;

  Permitted(Routed routed, Grounds grounds, Listing listing) {
    this.routed = routed;
    this.grounds = grounds;
    this.listing = listing;
  }

  public Routed routed() {
    return routed;
  }

  /** Why it is let through. */
  public Grounds grounds() {
    return grounds;
  }

  /**
   * Whether this caller is shown the target in a list that this call asked for. One thread at a
   * time.
   */
  @Override
  public boolean shows(Target target) {
    return shows(target, routed.upstream());
  }

  @Override
  public boolean shows(Target target, String upstream) {
    return listing.decide(target, upstream).visible();
  }

  @Override
  public Optional<Object> decidedBy() {
    return listing.decidedBy();
  }

  @Override
  public boolean uniform() {
    return listing.uniform();
  }
}
