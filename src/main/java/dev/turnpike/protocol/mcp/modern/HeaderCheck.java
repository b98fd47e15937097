package dev.turnpike.protocol.mcp.modern;

import dev.turnpike.exchange.Headers;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.McpErrors;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * The body is the truth; the header fields that mirror it must agree with it (Streamable HTTP,
 * "Server Validation").
 */
public final class HeaderCheck {
  private HeaderCheck() {}

  /**
   * A version in the header that is not the body's; that there is one is {@link #standard}'s
   * affair.
   */
  static void version(Headers headers, String version) throws Refused {
    Optional<String> said = one(headers, Words.HEADER_VERSION);
    if (said.isPresent() && !said.get().equals(version)) {
      throw mismatch("MCP-Protocol-Version must be the version of the body");
    }
  }

  /** The fields that every request has. */
  static void standard(Headers headers, Asked asked, String method) throws Refused {
    if (one(headers, Words.HEADER_VERSION).isEmpty()) {
      throw mismatch("MCP-Protocol-Version is missing");
    }
    if (!one(headers, Words.HEADER_METHOD).equals(Optional.of(method))) {
      throw mismatch("Mcp-Method must be the method of the body");
    }
    Optional<String> name = mirroredName(asked, method);
    if (name.isPresent()) {
      Optional<String> field = one(headers, Words.HEADER_NAME).flatMap(HeaderText::decode);
      if (!field.equals(name)) {
        throw mismatch("Mcp-Name must be the name or URI of the body");
      }
    }
  }

  /** What {@code Mcp-Name} mirrors in a request of an extension. */
  public static void name(Headers headers, String value) throws Refused {
    if (!one(headers, Words.HEADER_NAME).flatMap(HeaderText::decode).equals(Optional.of(value))) {
      throw mismatch("Mcp-Name must be what the body names");
    }
  }

  /** What {@code Mcp-Name} mirrors, for the methods that have it. */
  static Optional<String> mirroredName(Asked asked, String method) {
    return switch (method) {
      case "tools/call", "prompts/get" -> asked.text(Asked.NAME);
      case "resources/read" -> asked.text(Asked.URI);
      default -> Optional.empty();
    };
  }

  /** The fields that mirror arguments of the tool. */
  public static void params(Headers headers, List<HeaderParam> mirrored, Asked asked)
      throws Refused {
    if (mirrored.isEmpty()) {
      return;
    }
    Object arguments =
        asked.isObject(Asked.ARGUMENTS)
            ? JsonValue.read(asked.scan().part(Asked.ARGUMENTS))
            : JsonValue.NULL;
    for (HeaderParam param : mirrored) {
      Optional<Object> value = param.in(arguments);
      Optional<String> field = one(headers, param.field());
      if (value.isEmpty() != field.isEmpty()) {
        throw mismatch(
            param.field() + (field.isEmpty() ? " is missing" : " has no argument that it mirrors"));
      }
      if (value.isPresent() && !agrees(param, field.orElse(""), value.get())) {
        throw mismatch(param.field() + " must be the value of the argument");
      }
    }
  }

  /** The header field for an argument's value. */
  static String written(Object value) {
    return value instanceof String text ? HeaderText.encode(text) : JsonValue.write(value);
  }

  private static boolean agrees(HeaderParam param, String field, Object value) {
    Optional<String> said = HeaderText.decode(field);
    if (said.isEmpty()) {
      return false;
    }
    return switch (param.type()) {
      case STRING -> said.get().equals(value);
      case BOOLEAN -> value instanceof Boolean && said.get().equals(value.toString());
      case INTEGER -> value instanceof Number && sameNumber(said.get(), value.toString());
    };
  }

  // 42.0 is the integer 42, in the header as in the body
  private static boolean sameNumber(String one, String other) {
    if (one.length() > 32 || other.length() > 32) {
      return one.equals(other);
    }
    try {
      return new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  private static Optional<String> one(Headers headers, String name) throws Refused {
    List<String> values = headers.all(name);
    if (values.size() > 1) {
      throw mismatch(name + " is given " + values.size() + " times");
    }
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst().strip());
  }

  private static Refused mismatch(String message) {
    return new Refused(
        new Refusal.ProtocolRule(400, McpErrors.HEADER_MISMATCH, "Header mismatch: " + message));
  }
}
