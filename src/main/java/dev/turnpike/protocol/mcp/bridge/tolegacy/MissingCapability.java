package dev.turnpike.protocol.mcp.bridge.tolegacy;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.mcp.McpErrors;
import java.util.Map;

/** The refusal of a question that the caller did not declare that it can answer. */
final class MissingCapability {
  private MissingCapability() {}

  static Refused of(String method, Map<?, ?> params) {
    Map<String, Object> wanted =
        switch (method) {
          case "elicitation/create" ->
              Map.of(
                  "elicitation",
                  "url".equals(params.get("mode")) ? Map.of("url", Map.of()) : Map.of());
          case "sampling/createMessage" ->
              Map.of(
                  "sampling", params.containsKey("tools") ? Map.of("tools", Map.of()) : Map.of());
          default -> Map.of("roots", Map.of());
        };
    return new Refused(
        new Refusal.ProtocolRule(
            400,
            McpErrors.CAPABILITY_MISSING,
            "The server asks for " + method + ", which the client did not declare",
            Map.of("requiredCapabilities", wanted)));
  }
}
