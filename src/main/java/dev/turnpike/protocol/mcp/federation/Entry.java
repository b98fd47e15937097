package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.config.ToolsSpec;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.rpc.Payload;
import java.util.Optional;

/**
 * One thing that the endpoint shows.
 *
 * @param upstream whose it is
 * @param name what it is called there
 * @param shown what it is called here
 * @param definition as this endpoint's lists have it
 * @param legacy the same, as legacy callers are shown it
 * @param edit what the endpoint says of the tool
 */
record Entry(
    ListKind kind,
    String upstream,
    String name,
    String shown,
    Payload definition,
    Payload legacy,
    Optional<ToolsSpec.Edit> edit) {
  Payload definition(Era era) {
    return era == Era.MODERN ? definition : legacy;
  }

  /** Whether it is a resource, or a template, under another URI than its upstream gives it. */
  boolean wrapped() {
    return !kind.renamed() && !shown.equals(name);
  }

  /**
   * Whether it is shown: under its name here, and a wrapped one under that of its upstream, too.
   */
  boolean visible(Visibility visibility) {
    return visibility.shows(target(), upstream)
        && (!wrapped() || visibility.shows(new Target(kind.listing().kind(), name), upstream));
  }

  Target target() {
    return new Target(kind.listing().kind(), shown);
  }
}
