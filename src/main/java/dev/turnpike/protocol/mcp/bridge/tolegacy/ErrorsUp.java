package dev.turnpike.protocol.mcp.bridge.tolegacy;

import dev.turnpike.protocol.mcp.McpErrors;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;

/**
 * A legacy upstream's error in modern words. It answers a call that was understood, so its status
 * is 200.
 */
final class ErrorsUp {
  static final int URL_ELICITATION = -32042;
  private static final int RESOURCE_NOT_FOUND = -32002;

  private ErrorsUp() {}

  /**
   * The error under the caller's id.
   *
   * @param uri of the resource that was asked for; empty for other methods
   */
  static Payload modern(Told told, long code, RpcId id, String uri) {
    String message =
        told.scan().has(Told.ERROR_MESSAGE)
            ? told.scan().part(Told.ERROR_MESSAGE).text()
            : "\"The upstream failed\"";
    if (code == RESOURCE_NOT_FOUND && !uri.isEmpty()) {
      return error(id, McpErrors.INVALID_PARAMS, message, "{\"uri\":" + JsonText.quote(uri) + "}");
    }
    String data = told.scan().has(Told.ERROR_DATA) ? told.scan().part(Told.ERROR_DATA).text() : "";
    if (ofTheEra(code)) {
      // these mean something else, or nothing, in the modern era
      return error(
          id,
          McpErrors.INTERNAL,
          message,
          "{\"code\":" + code + (data.isEmpty() ? "" : ",\"data\":" + data) + "}");
    }
    return error(id, code, message, data);
  }

  private static boolean ofTheEra(long code) {
    return code <= -32000 && code >= -32099;
  }

  private static Payload error(RpcId id, long code, String messageJson, String dataJson) {
    return Payload.of(
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + id.lexeme()
            + ",\"error\":{\"code\":"
            + code
            + ",\"message\":"
            + messageJson
            + (dataJson.isEmpty() ? "" : ",\"data\":" + dataJson)
            + "}}");
  }
}
