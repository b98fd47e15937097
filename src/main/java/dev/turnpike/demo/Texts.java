package dev.turnpike.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** What both demo servers have to read: a resource, a template and a prompt. */
final class Texts {
  static final String GREETING = "demo://greeting";
  static final String PROMPT = "greet";

  private Texts() {}

  static JsonArray resources() {
    return new JsonArray()
        .add(
            new JsonObject()
                .put("uri", GREETING)
                .put("name", "greeting")
                .put("title", "Greeting")
                .put("description", "A friendly word")
                .put("mimeType", "text/plain"));
  }

  static JsonArray templates() {
    return new JsonArray()
        .add(
            new JsonObject()
                .put("uriTemplate", GREETING + "/{name}")
                .put("name", "greeting-for")
                .put("title", "Greeting for somebody")
                .put("mimeType", "text/plain"));
  }

  static JsonArray prompts() {
    return new JsonArray()
        .add(
            new JsonObject()
                .put("name", PROMPT)
                .put("title", "Greet somebody")
                .put("description", "Asks the model to greet somebody by name")
                .put(
                    "arguments",
                    new JsonArray()
                        .add(
                            new JsonObject()
                                .put("name", "name")
                                .put("description", "Whom to greet")
                                .put("required", true))));
  }

  /** The member {@code contents} for a URI; empty if there is no such resource. */
  static Optional<JsonObject> read(String uri) {
    if (uri.equals(GREETING)) {
      return Optional.of(contents(uri, "Hello from the demo server."));
    }
    String name = uri.startsWith(GREETING + "/") ? uri.substring(GREETING.length() + 1) : "";
    return name.isEmpty() || name.contains("/")
        ? Optional.empty()
        : Optional.of(contents(uri, "Hello, " + name + "."));
  }

  /** What {@code prompts/get} gives for the one prompt there is. */
  static JsonObject greet(String name) {
    JsonObject message =
        new JsonObject()
            .put("role", "user")
            .put("content", Tools.block("Greet " + name + " in one friendly sentence."));
    return new JsonObject()
        .put("description", "A greeting for " + name)
        .put("messages", new JsonArray().add(message));
  }

  private static JsonObject contents(String uri, String text) {
    JsonObject content =
        new JsonObject().put("uri", uri).put("mimeType", "text/plain").put("text", text);
    return new JsonObject().put("contents", new JsonArray().add(content));
  }
}
