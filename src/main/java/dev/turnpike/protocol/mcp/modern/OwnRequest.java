package dev.turnpike.protocol.mcp.modern;

import dev.turnpike.protocol.mcp.Inquiry;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Upstream;
import java.util.concurrent.CompletableFuture;

/** A modern request that Turnpike makes for itself, on nobody's behalf. */
public final class OwnRequest {
  private OwnRequest() {}

  /**
   * Asks, and gives the first answer.
   *
   * @param params members besides {@code _meta}, each ending in a comma; may be empty
   */
  public static CompletableFuture<Inquiry.Reply> ask(
      Upstream upstream, String method, String params) {
    String body =
        """
        {"jsonrpc":"2.0","id":"turnpike","method":%s,"params":{%s"_meta":{"%s":"%s","%s":{},\
        "%s":{"name":"turnpike","version":"0"}}}}\
        """
            .formatted(
                JsonText.quote(method),
                params,
                Words.META_VERSION,
                Revisions.MODERN,
                Words.META_CAPABILITIES,
                Words.META_CLIENT);
    return Inquiry.send(
        upstream, new Outgoing("POST", ToUpstream.standing(method), Payload.of(body), true));
  }
}
