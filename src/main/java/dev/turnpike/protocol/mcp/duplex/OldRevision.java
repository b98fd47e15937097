package dev.turnpike.protocol.mcp.duplex;

import dev.turnpike.protocol.mcp.Frame;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.rpc.Payload;

/**
 * 2024-11-05, which the servers on such connections may speak and the rest of the road does not:
 * the revision after it differs in what it adds, and a server that adds nothing speaks it.
 */
final class OldRevision {
  private static final String NAME = "2024-11-05";

  private OldRevision() {}

  /** The answer to {@code initialize} in the words of the revision after; any other as it is. */
  static Payload raised(Asking asking, Payload answer) {
    return asking.opening()
        ? Frame.read(answer)
            .filter(frame -> frame.scan().text(Frame.VERSION).filter(NAME::equals).isPresent())
            .map(frame -> frame.with(Frame.VERSION, '"' + Revisions.BATCHING + '"'))
            .orElse(answer)
        : answer;
  }
}
