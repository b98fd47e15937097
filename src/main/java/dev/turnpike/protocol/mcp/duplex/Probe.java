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
  /** How long a peer may think about what it is, once it runs. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private Probe() {}

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
