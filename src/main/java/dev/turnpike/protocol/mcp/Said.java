package dev.turnpike.protocol.mcp;

import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;

/** Messages that Turnpike itself says to a peer. */
public final class Said {
  private Said() {}

  public static Payload error(RpcId question, int code, String message) {
    return Payload.of(
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + question.lexeme()
            + ",\"error\":{\"code\":"
            + code
            + ",\"message\":"
            + JsonText.quote(message)
            + "}}");
  }

  public static Payload result(RpcId question, String json) {
    return Payload.of(
        "{\"jsonrpc\":\"2.0\",\"id\":" + question.lexeme() + ",\"result\":" + json + "}");
  }

  public static Payload cancelled(RpcId request, String reason) {
    return Payload.of(
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":"
            + request.lexeme()
            + ",\"reason\":"
            + JsonText.quote(reason)
            + "}}");
  }
}
