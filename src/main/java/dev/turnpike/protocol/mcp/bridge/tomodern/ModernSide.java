package dev.turnpike.protocol.mcp.bridge.tomodern;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.mcp.Nature;
import dev.turnpike.protocol.mcp.Natures;
import dev.turnpike.protocol.mcp.modern.Hidden;
import dev.turnpike.protocol.mcp.modern.Tools;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.session.Conversation;
import dev.turnpike.session.Session;
import dev.turnpike.session.Sessions;
import dev.turnpike.upstream.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * What the adapters towards modern upstreams share.
 *
 * @param hidden extensions that callers do not know
 * @param inputTime how long a caller may take to answer
 */
record ModernSide(
    Natures natures,
    Tools tools,
    OutputSchemas schemas,
    Sessions sessions,
    List<Hidden> hidden,
    Duration inputTime) {
  ModernSide {
    hidden = List.copyOf(hidden);
  }

  /** What the caller can do, or what is done for it, as JSON. */
  String capabilities(Conversation kept) {
    String own = kept.capabilities();
    if (hidden.isEmpty()) {
      return own;
    }
    String extensions =
        hidden.stream()
            .map(one -> JsonText.quote(one.id()) + ":{}")
            .collect(Collectors.joining(",", "{\"extensions\":{", "}"));
    return extensions + (own.equals("{}") ? "" : ",") + own.substring(1);
  }

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
