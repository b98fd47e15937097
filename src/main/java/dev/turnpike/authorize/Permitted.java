package dev.turnpike.authorize;

import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.route.Routed;
import java.util.List;
import java.util.Optional;

/** Proof that the rules let the call through. Only {@link Policy} can make one. */
public final class Permitted implements Visibility {
  private final Routed routed;
  private final String rule;
  private final List<String> observed;
  private final Listing listing;

  Permitted(Routed routed, String rule, List<String> observed, Listing listing) {
    this.routed = routed;
    this.rule = rule;
    this.observed = List.copyOf(observed);
    this.listing = listing;
  }

  public Routed routed() {
    return routed;
  }

  /** The rule that allowed it, or {@code none} where no rule is needed. */
  public String rule() {
    return rule;
  }

  /** Rules in observe mode that would have denied the call, in the order written. */
  public List<String> observed() {
    return observed;
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
