package dev.turnpike.route;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import java.util.Optional;

/** Hands out proofs of routing to tests of later steps. */
public final class RoutedFixture {
  private RoutedFixture() {}

  public static Routed routed(Caller caller, Call call, String upstream) {
    return new Routed(caller, call, upstream, Optional.empty(), false);
  }

  /** A further round of a call. */
  public static Routed continued(Caller caller, Call call, String upstream) {
    return new Routed(caller, call, upstream, Optional.empty(), true);
  }
}
