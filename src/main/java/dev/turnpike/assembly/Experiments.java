package dev.turnpike.assembly;

import dev.turnpike.budget.Budgets;
import dev.turnpike.config.Setup;
import dev.turnpike.exchange.Caller;
import dev.turnpike.lane.Lanes;
import dev.turnpike.protocol.Protocol;
import dev.turnpike.protocol.mcp.httpsse.Posts;
import dev.turnpike.protocol.mcp.modern.Extension;
import dev.turnpike.protocol.mcp.modern.Hidden;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What a gateway serves besides what was released: nothing in the stable lane, one alpha in the
 * lane of that alpha.
 *
 * @param protocols besides MCP
 * @param on whether an alpha among them, by its flag, is on for the caller
 * @param lanes to which requests for alphas go
 * @param entrance what stands before the road
 * @param setup what becomes of a configuration here
 * @param shared budgets whose counters are used here, too
 */
public record Experiments(
    List<Protocol> protocols,
    BiPredicate<String, Caller> on,
    List<Extension> extensions,
    Lanes lanes,
    UnaryOperator<Posts.Onward> entrance,
    UnaryOperator<Setup> setup,
    Supplier<Budgets> shared) {
  /** None. */
  public static final Experiments NONE = besides(List.of());

  public Experiments {
    protocols = List.copyOf(protocols);
    extensions = List.copyOf(extensions);
  }

  /** What the ids of sessions begin with. */
  String sessions() {
    return extensions.stream().map(Extension::sessions).findFirst().orElse("");
  }

  /** What is done for callers that know of no extensions. */
  List<Hidden> hidden() {
    return extensions.stream().flatMap(one -> one.hidden().stream()).toList();
  }

  /** None, and other protocols. */
  public static Experiments besides(List<Protocol> protocols) {
    return aside(protocols, Lanes.STABLE_ONLY);
  }

  /** Nothing but what this entrance leads to. */
  static Experiments behind(UnaryOperator<Posts.Onward> entrance) {
    return stable(List.of(), Lanes.STABLE_ONLY, entrance);
  }

  /** In the stable lane: other protocols, and the lanes that alphas have. */
  public static Experiments aside(List<Protocol> protocols, Lanes lanes) {
    return stable(protocols, lanes, UnaryOperator.identity());
  }

  private static Experiments stable(
      List<Protocol> protocols, Lanes lanes, UnaryOperator<Posts.Onward> entrance) {
    return new Experiments(
        protocols,
        (_, _) -> false,
        List.of(),
        lanes,
        entrance,
        UnaryOperator.identity(),
        () -> Budgets.NONE);
  }
}
