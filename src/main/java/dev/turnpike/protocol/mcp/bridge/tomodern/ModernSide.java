package dev.turnpike.protocol.mcp.bridge.tomodern;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.mcp.Nature;
import dev.turnpike.protocol.mcp.Natures;
import dev.turnpike.protocol.mcp.modern.Tools;
import dev.turnpike.session.Session;
import dev.turnpike.session.Sessions;
import dev.turnpike.upstream.Upstream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What the adapters towards modern upstreams share.
 *
 * @param inputTime how long a caller may take to answer
 */
record ModernSide(
    Natures natures, Tools tools, OutputSchemas schemas, Sessions sessions, Duration inputTime) {
  /**
   * Completes where the session still leads to this very upstream (or to none that is named), and
   * that in another era; else the session is over, and its caller opens another.
   */
  CompletionStage<?> meet(Upstream upstream, Session session) {
    return natures
        .of(upstream)
        .thenCompose(nature -> {
          boolean elsewhere =
              !session.upstream().isEmpty() && !session.upstream().equals(upstream.address());
          if (nature == Nature.LEGACY || elsewhere) {
            sessions.end(session);
            return CompletableFuture.failedFuture(new Refused(new Refusal.NoSuchSession()));
          }
          return CompletableFuture.completedFuture(null);
        });
  }
}
