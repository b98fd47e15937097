package dev.turnpike.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The question that {@code ask-name} puts to the user, and what becomes of the answer. */
final class NameForm {
  static final String METHOD = "elicitation/create";

  private NameForm() {}

  /** Without {@code mode}: a form is what every revision takes it for. */
  static JsonObject params() {
    JsonObject name = new JsonObject().put("type", "string").put("title", "Name");
    return new JsonObject()
        .put("message", "What is your name?")
        .put(
            "requestedSchema",
            new JsonObject()
                .put("type", "object")
                .put("properties", new JsonObject().put("name", name))
                .put("required", new JsonArray().add("name")));
  }

  /** The result of the call; null when the answer is not one that the question allows. */
  static @Nullable JsonObject greeting(JsonObject answer) {
    String action = Rpc.text(answer, "action");
    if ("decline".equals(action) || "cancel".equals(action)) {
      return Tools.text("Hello, whoever you are.");
    }
    String name = Rpc.text(Rpc.object(answer, "content"), "name");
    return "accept".equals(action) && name != null ? Tools.text("Hello, " + name + ".") : null;
  }
}
