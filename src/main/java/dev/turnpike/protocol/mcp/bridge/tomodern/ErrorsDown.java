package dev.turnpike.protocol.mcp.bridge.tomodern;

import dev.turnpike.protocol.mcp.McpErrors;
import dev.turnpike.protocol.mcp.Method;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.Span;
import java.util.Map;

/**
 * A modern upstream's error in legacy words, always with HTTP status 200: to a legacy caller a 404
 * is a dead session. What concerns the hop behind Turnpike is not the caller's business.
 */
final class ErrorsDown {
  // of every legacy revision; the modern era has given it up
  private static final int RESOURCE_NOT_FOUND = -32002;

  private ErrorsDown() {}

  /** The error under the caller's id. */
  static Payload legacy(Told told, long code, RpcId id, Method method) {
    return switch ((int) code) {
      case McpErrors.HEADER_MISMATCH, McpErrors.UNSUPPORTED_VERSION ->
          error(id, McpErrors.INTERNAL, "The upstream did not take the request made of this one");
      case McpErrors.CAPABILITY_MISSING -> error(id, McpErrors.INTERNAL, missing(told));
      case McpErrors.INVALID_PARAMS -> {
        boolean notFound =
            method.name().equals("resources/read") && told.scan().has(Told.ERROR_DATA_URI);
        yield notFound ? renumbered(told, id, RESOURCE_NOT_FOUND) : same(told, id);
      }
      default -> same(told, id);
    };
  }

  private static String missing(Told told) {
    String names =
        told.scan().has(Told.ERROR_CAPABILITIES)
                && JsonValue.read(told.scan().part(Told.ERROR_CAPABILITIES)) instanceof Map<?, ?> m
            ? String.join(", ", m.keySet().stream().map(String::valueOf).toList())
            : "";
    return names.isEmpty()
        ? "The server needs something that this client cannot do"
        : "The server needs a client that can do: " + names;
  }

  private static Payload same(Told told, RpcId id) {
    return under(id, told.scan().part(Told.ERROR).text());
  }

  private static Payload renumbered(Told told, RpcId id, int code) {
    Payload error = told.scan().part(Told.ERROR);
    Span digits = told.scan().span(Told.ERROR_CODE);
    int zero = told.scan().span(Told.ERROR).start();
    return under(
        id,
        error.slice(0, digits.start() - zero).text()
            + code
            + error.slice(digits.end() - zero, error.size()).text());
  }

  private static Payload under(RpcId id, String error) {
    return Payload.of("{\"jsonrpc\":\"2.0\",\"id\":" + id.lexeme() + ",\"error\":" + error + "}");
  }

  static Payload error(RpcId id, int code, String message) {
    return under(id, "{\"code\":" + code + ",\"message\":" + JsonText.quote(message) + "}");
  }

  /** A tool call that failed for want of an input: hosts show such a result to the model. */
  static Payload failed(RpcId id, Method method, String message) {
    return method.name().equals("tools/call")
        ? Payload.of(
            "{\"jsonrpc\":\"2.0\",\"id\":"
                + id.lexeme()
                + ",\"result\":{\"content\":[{\"type\":\"text\",\"text\":"
                + JsonText.quote(message)
                + "}],\"isError\":true}}")
        : error(id, McpErrors.INTERNAL, message);
  }
}
