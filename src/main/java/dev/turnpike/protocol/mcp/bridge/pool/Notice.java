package dev.turnpike.protocol.mcp.bridge.pool;

import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.Payload;
import java.util.Optional;

/** A notification that belongs to no request, as a legacy caller hears it. */
public final class Notice {
  private Notice() {}

  /**
   * @param uri of the resource that it is about, if it is about one
   */
  public static Payload of(String name, Optional<String> uri) {
    return Payload.of(
        "{\"jsonrpc\":\"2.0\",\"method\":"
            + JsonText.quote(name)
            + uri.map(u -> ",\"params\":{\"uri\":" + JsonText.quote(u) + "}").orElse("")
            + "}");
  }
}
