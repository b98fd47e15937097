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
  private final Policy policy;
  private Listing listing;

  Permitted(Routed routed, Grounds grounds, Policy policy) {
    this.routed = routed;
    this.grounds = grounds;
    this.policy = policy;
    this.listing = policy.listing(routed.caller(), routed.call());
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
    return now().decide(target, upstream).visible();
  }

  @Override
  public Optional<Object> decidedBy() {
    return now().decidedBy();
  }

  @Override
  public boolean uniform() {
    return now().uniform();
  }

  // a stream outlives the rules that it was opened under
  private Listing now() {
    if (!policy.judgesNow(listing)) {
      listing = policy.listing(routed.caller(), routed.call());
    }
    return listing;
  }
}
