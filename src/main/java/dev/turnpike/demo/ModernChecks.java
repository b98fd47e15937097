package dev.turnpike.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What 2026-07-28 wants of every message before its method is looked at: the required members of
 * {@code _meta} (basic/index), and headers that say the same as the body (basic/transports, Request
 * Headers).
 */
final class ModernChecks {
  static final String META = "io.modelcontextprotocol/";
  private static final int HEADER_MISMATCH = -32020;
  private static final int UNSUPPORTED_VERSION = -32022;
  private static final String BASE64 = "=?base64?";
  private static final String BASE64_END = "?=";

  private ModernChecks() {}

  /** What is wrong, as it is answered. */
  record Fault(int status, JsonObject error) {}

  static Optional<Fault> of(JsonObject message, MultiMap headers) {
    Object id = message.getValue("id");
    if (message.containsKey("id") && !Rpc.isId(id)) {
      return fault(null, Rpc.INVALID_REQUEST, "Invalid Request: the id is not text or an integer");
    }
    JsonObject params = Rpc.object(message, "params");
    String method = message.getString("method");
    String version = Rpc.text(Rpc.object(params, "_meta"), META + "protocolVersion");
    // A notification carries no such _meta; its headers are held against the body all the same.
    if (id != null) {
      if (version == null) {
        return fault(id, Rpc.INVALID_PARAMS, "_meta lacks " + META + "protocolVersion");
      }
      Object capabilities = Rpc.object(params, "_meta").getValue(META + "clientCapabilities");
      if (!(capabilities instanceof JsonObject)) {
        return fault(id, Rpc.INVALID_PARAMS, "_meta lacks " + META + "clientCapabilities");
      }
      if (!version.equals(ModernServer.REVISION)) {
        return Optional.of(new Fault(400, unsupported(id, version)));
      }
    }
    String expected = version == null ? ModernServer.REVISION : version;
    return mismatch(headers, "MCP-Protocol-Version", expected)
        .or(() -> mismatch(headers, "Mcp-Method", method))
        .or(() -> named(method, params).flatMap(name -> mismatch(headers, "Mcp-Name", name)))
        .map(what -> new Fault(400, Rpc.error(id, HEADER_MISMATCH, "Header mismatch: " + what)));
  }

  /** What {@code Mcp-Name} must repeat; empty for a method without it. */
  private static Optional<String> named(String method, JsonObject params) {
    return switch (method) {
      case "tools/call", "prompts/get" -> Optional.ofNullable(Rpc.text(params, "name"));
      case "resources/read" -> Optional.ofNullable(Rpc.text(params, "uri"));
      default -> Optional.empty();
    };
  }

  private static Optional<String> mismatch(MultiMap headers, String name, String expected) {
    List<String> values = headers.getAll(name);
    if (values.isEmpty()) {
      return Optional.of(name + " is missing");
    }
    String sent = values.getFirst().strip();
    String meant = name.equals("Mcp-Name") ? decoded(sent) : sent;
    return values.size() == 1 && expected.equals(meant)
        ? Optional.empty()
        : Optional.of(name + " does not say what the body says");
  }

  /** The text behind a header value; null where it claims to be base64 and is not. */
  private static @Nullable String decoded(String value) {
    if (!value.startsWith(BASE64)
        || !value.endsWith(BASE64_END)
        || value.length() < BASE64.length() + BASE64_END.length()) {
      return value;
    }
    try {
      String inner = value.substring(BASE64.length(), value.length() - BASE64_END.length());
      return new String(Base64.getDecoder().decode(inner), UTF_8);
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  private static JsonObject unsupported(Object id, String requested) {
    JsonObject data =
        new JsonObject()
            .put("supported", new JsonArray().add(ModernServer.REVISION))
            .put("requested", requested);
    return Rpc.error(id, UNSUPPORTED_VERSION, "Unsupported protocol version", data);
  }

  private static Optional<Fault> fault(@Nullable Object id, int code, String message) {
    return Optional.of(new Fault(400, Rpc.error(id, code, message)));
  }
}
