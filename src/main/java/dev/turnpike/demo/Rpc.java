package dev.turnpike.demo;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Messages of JSON-RPC 2.0 as both revisions of MCP send them. */
final class Rpc {
  static final int PARSE_ERROR = -32700;
  static final int INVALID_REQUEST = -32600;
  static final int METHOD_NOT_FOUND = -32601;
  static final int INVALID_PARAMS = -32602;

  private Rpc() {}

  static JsonObject result(Object id, JsonObject result) {
    return message().put("id", id).put("result", result);
  }

  /**
   * @param id of the request that failed; null where there is none, and then the error has no id
   */
  static JsonObject error(@Nullable Object id, int code, String message) {
    return error(id, code, message, new JsonObject());
  }

  static JsonObject error(@Nullable Object id, int code, String message, JsonObject data) {
    JsonObject error = new JsonObject().put("code", code).put("message", message);
    if (!data.isEmpty()) {
      error.put("data", data);
    }
    JsonObject whole = message();
    if (id != null) {
      whole.put("id", id);
    }
    return whole.put("error", error);
  }

  static JsonObject request(String id, String method, JsonObject params) {
    return message().put("id", id).put("method", method).put("params", params);
  }

  static JsonObject notification(String method, JsonObject params) {
    return message().put("method", method).put("params", params);
  }

  /** MCP takes text and integers, and never null. */
  static boolean isId(@Nullable Object id) {
    return id instanceof String
        || id instanceof Integer
        || id instanceof Long
        || id instanceof BigInteger;
  }

  /** The member if it is an object; an empty one otherwise. */
  static JsonObject object(JsonObject holder, String member) {
    return holder.getValue(member) instanceof JsonObject found ? found : new JsonObject();
  }

  /** The member if it is text. */
  static @Nullable String text(JsonObject holder, String member) {
    return holder.getValue(member) instanceof String found ? found : null;
  }

  private static JsonObject message() {
    return new JsonObject().put("jsonrpc", "2.0");
  }
}
