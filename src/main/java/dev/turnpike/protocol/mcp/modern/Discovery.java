package dev.turnpike.protocol.mcp.modern;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.mcp.McpErrors;
import dev.turnpike.protocol.mcp.Nature;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.upstream.Upstream;
import java.util.concurrent.CompletableFuture;

/**
 * Finds out which era an upstream speaks, by {@code server/discover}. Modern is only who answers
 * with a DiscoverResult, or with an error that only the modern era has; any other clear answer
 * means legacy; and no clear answer (unreachable, 401, 403, 429, 5xx) means nothing at all.
 */
public final class Discovery {
  private Discovery() {}

  /** Asks. Fails with {@link Refused} or an upstream's failure where there was no clear answer. */
  public static CompletableFuture<Nature> ask(Upstream upstream) {
    return OwnRequest.ask(upstream, "server/discover", "")
        .thenCompose(reply -> {
          if (reply.status() == 401
              || reply.status() == 403
              || reply.status() == 429
              || reply.status() >= 500) {
            return CompletableFuture.failedFuture(
                new Refused(
                    new Refusal.UpstreamUnavailable(
                        upstream.name(), "answered with status " + reply.status())));
          }
          return CompletableFuture.completedFuture(
              reply.body().filter(body -> modern(body, upstream.name())).isPresent()
                  ? Nature.MODERN_AT_LEAST
                  : Nature.LEGACY);
        });
  }

  private static boolean modern(Payload body, String upstream) {
    try {
      Told told = Told.read(body, upstream);
      return switch (told.message()) {
        case RpcMessage.Result _ -> told.scan().type(Told.VERSIONS) == JsonType.ARRAY;
        case RpcMessage.Failure(_, var code) ->
            code.isPresent()
                && (code.get() == McpErrors.HEADER_MISMATCH
                    || code.get() == McpErrors.CAPABILITY_MISSING
                    || code.get() == McpErrors.UNSUPPORTED_VERSION);
        case RpcMessage.Request _, RpcMessage.Notification _ -> false;
      };
    } catch (Refused _) {
      return false;
    }
  }
}
