package dev.turnpike.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Optional;

/** The tools of both demo servers, and what those of them do that need neither time nor a user. */
final class Tools {
  static final String COUNTDOWN = "countdown";
  static final String ASK_NAME = "ask-name";

  private static final JsonArray DEFINITIONS =
      new JsonArray(
          """
          [
            {
              "name": "echo",
              "title": "Echo",
              "description": "Says again what it was told.",
              "inputSchema": {
                "type": "object",
                "properties": {"message": {"type": "string", "description": "What to say again"}},
                "required": ["message"]
              },
              "annotations": {"readOnlyHint": true}
            },
            {
              "name": "add",
              "title": "Add",
              "description": "Adds two numbers, exactly.",
              "inputSchema": {
                "type": "object",
                "properties": {"a": {"type": "number"}, "b": {"type": "number"}},
                "required": ["a", "b"]
              },
              "outputSchema": {
                "type": "object",
                "properties": {"sum": {"type": "number"}},
                "required": ["sum"]
              },
              "annotations": {"readOnlyHint": true}
            },
            {
              "name": "countdown",
              "title": "Countdown",
              "description": "Counts down to zero and tells its progress on the way.",
              "inputSchema": {
                "type": "object",
                "properties": {
                  "from": {"type": "integer", "minimum": 1, "maximum": 20, "default": 3},
                  "pauseMs": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 200}
                }
              },
              "annotations": {"readOnlyHint": true}
            },
            {
              "name": "forget",
              "title": "Forget",
              "description": "Pretends to delete a note. Made for trying a rule that denies it.",
              "inputSchema": {
                "type": "object",
                "properties": {"note": {"type": "string", "description": "Which note to delete"}},
                "required": ["note"]
              },
              "annotations": {"readOnlyHint": false, "destructiveHint": true}
            },
            {
              "name": "ask-name",
              "title": "Ask for a name",
              "description": "Asks the user for a name in the middle of the call, then greets.",
              "inputSchema": {"type": "object", "properties": {}},
              "annotations": {"readOnlyHint": true}
            }
          ]
          """);

  private Tools() {}

  static JsonArray definitions() {
    return DEFINITIONS.copy();
  }

  static boolean has(String name) {
    return DEFINITIONS.stream()
        .anyMatch(tool -> tool instanceof JsonObject one && name.equals(one.getString("name")));
  }

  /** The result of a tool that answers at once; empty for every other name. */
  static Optional<JsonObject> call(String name, JsonObject arguments) {
    return switch (name) {
      case "echo" -> Optional.of(echo(arguments));
      case "add" -> Optional.of(add(arguments));
      case "forget" -> Optional.of(forget(arguments));
      default -> Optional.empty();
    };
  }

  static JsonObject text(String text) {
    return new JsonObject().put("content", new JsonArray().add(block(text)));
  }

  /** A failure that a model can read, and mend. */
  static JsonObject failure(String text) {
    return text(text).put("isError", true);
  }

  static JsonObject block(String text) {
    return new JsonObject().put("type", "text").put("text", text);
  }

  private static JsonObject echo(JsonObject arguments) {
    String message = Rpc.text(arguments, "message");
    return message == null ? failure("echo needs the text \"message\"") : text(message);
  }

  private static JsonObject forget(JsonObject arguments) {
    String note = Rpc.text(arguments, "note");
    return note == null
        ? failure("forget needs the text \"note\"")
        : text("Forgot " + note + ". (Not really: this tool only pretends.)");
  }

  private static JsonObject add(JsonObject arguments) {
    if (arguments.getValue("a") instanceof Number a
        && arguments.getValue("b") instanceof Number b
        && decimal(a).precision() + decimal(b).precision() < 200
        && Math.abs((long) decimal(a).scale()) + Math.abs((long) decimal(b).scale()) < 1000) {
      BigDecimal sum = decimal(a).add(decimal(b));
      return text(sum.toPlainString()).put("structuredContent", new JsonObject().put("sum", sum));
    }
    return failure("add needs the numbers \"a\" and \"b\", of a size fit for a demo");
  }

  private static BigDecimal decimal(Number number) {
    return new BigDecimal(number.toString());
  }
}
