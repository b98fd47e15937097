package dev.turnpike.protocol.mcp.duplex;

import dev.turnpike.protocol.mcp.McpErrors;
import dev.turnpike.protocol.mcp.Said;
import dev.turnpike.upstream.UpstreamFailed;
import java.time.Duration;

/**
 * Asking a peer what it is by {@code server/discover}. A peer that is older than the question may
 * say nothing to it, or end: both are answers too.
 */
final class Probe {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private Probe() {}

  /** How long a peer may think about what it is: until a little before nobody waits any more. */
  static Duration patience(Exchange exchange) {
    Duration all = exchange.first();
    Duration most = all.minus(all.dividedBy(10));
    return most.compareTo(LONGEST) < 0 ? most : LONGEST;
  }

  /** The peer is gone, and has not answered. */
  static void failed(Asking asking, UpstreamFailed why) {
    if (asking.probing() && why.kind() == UpstreamFailed.Kind.BROKEN_OFF) {
      unanswered(asking);
    } else {
      asking.exchange().fail(why);
    }
  }

  /** It says nothing, which says that it does not know the question. */
  static void unanswered(Asking asking) {
    asking.exchange().answer(Said.error(asking.id(), McpErrors.METHOD_NOT_FOUND, "Not answered"));
  }
}
