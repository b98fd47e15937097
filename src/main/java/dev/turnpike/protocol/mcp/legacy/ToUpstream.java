package dev.turnpike.protocol.mcp.legacy;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.session.Session;
import dev.turnpike.session.Sessions;
import dev.turnpike.upstream.Upstream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Which session of the upstream a caller's session stands for. */
final class ToUpstream {
  private ToUpstream() {}

  /** The upstream's side of the session, never the caller's. */
  static Link link(Session session) {
    return new Link(session.upstreamSession(), session.revision());
  }

  /**
   * Completes where the session was opened on this very upstream. After a reload the endpoint may
   * lead elsewhere: then the session is over, and its id is told to nobody.
   */
  static CompletableFuture<@Nullable Void> same(
      Upstream upstream, Session session, Sessions sessions) {
    if (session.upstream().equals(upstream.address())) {
      return CompletableFuture.completedFuture(null);
    }
    sessions.end(session);
    return CompletableFuture.failedFuture(new Refused(new Refusal.NoSuchSession()));
  }
}
