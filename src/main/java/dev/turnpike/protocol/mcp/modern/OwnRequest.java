package dev.turnpike.protocol.mcp.modern;

import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.mcp.Inquiry;
import dev.turnpike.protocol.mcp.McpErrors;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Upstream;
import java.util.concurrent.CompletableFuture;

/** A modern request that Turnpike makes for itself, on nobody's behalf. */
public final class OwnRequest {
  private OwnRequest() {}

  // once more with the only version there is: what was refused may be taken (versioning, "retry")
  private static boolean versionRefused(Upstream upstream, Inquiry.Reply reply) {
    try {
      return reply.body().isPresent()
          && Told.read(reply.body().get(), upstream.name()).message()
              instanceof RpcMessage.Failure(_, var code)
          && code.filter(c -> c == McpErrors.UNSUPPORTED_VERSION).isPresent();
    } catch (Refused _) {
      return false;
    }
  }

  /**
   * Asks, and gives the first answer.
   *
   * @param params members besides {@code _meta}, each ending in a comma; may be empty
   */
  public static CompletableFuture<Inquiry.Reply> ask(
      Upstream upstream, String method, String params) {
    return ask(upstream, method, params, "{}");
  }

  /**
   * The same, for callers of these capabilities.
   *
   * @param capabilities as JSON
   */
  public static CompletableFuture<Inquiry.Reply> ask(
      Upstream upstream, String method, String params, String capabilities) {
    String body =
        """
        {"jsonrpc":"2.0","id":"turnpike","method":%s,"params":{%s"_meta":{"%s":"%s","%s":%s,\
        "%s":%s}}}\
        """
            .formatted(
                JsonText.quote(method),
                params,
                Words.META_VERSION,
                Revisions.MODERN,
                Words.META_CAPABILITIES,
                capabilities,
                Words.META_CLIENT,
                Words.OURSELVES);
    Outgoing outgoing = new Outgoing("POST", ToUpstream.standing(method), Payload.of(body), true);
    return Inquiry.send(upstream, outgoing)
        .thenCompose(reply ->
            versionRefused(upstream, reply)
                ? Inquiry.send(upstream, outgoing)
                : CompletableFuture.completedFuture(reply));
  }
}
