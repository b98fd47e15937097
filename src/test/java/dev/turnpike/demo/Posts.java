package dev.turnpike.demo;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Requests as an MCP client makes them, and what comes back. */
final class Posts {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Posts() {}

  /** A POST with what every revision asks for. */
  static HttpRequest.Builder to(String url, String body) {
    return HttpRequest.newBuilder(URI.create(url))
        .timeout(Duration.ofSeconds(20))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .POST(BodyPublishers.ofString(body));
  }

  /** A modern request with the headers that its body calls for. */
  static HttpRequest.Builder modern(String url, JsonObject request) {
    HttpRequest.Builder builder =
        to(url, request.encode())
            .header("MCP-Protocol-Version", "2026-07-28")
            .header("Mcp-Method", request.getString("method"));
    JsonObject params = request.getJsonObject("params");
    String name = params.getString("name", params.getString("uri"));
    return name == null ? builder : builder.header("Mcp-Name", name);
  }

  /** A modern request whose {@code _meta} is complete. */
  static JsonObject request(String method, JsonObject params) {
    return request(method, params, new JsonObject());
  }

  static JsonObject request(String method, JsonObject params, JsonObject capabilities) {
    JsonObject meta =
        new JsonObject()
            .put("io.modelcontextprotocol/protocolVersion", "2026-07-28")
            .put("io.modelcontextprotocol/clientCapabilities", capabilities);
    return plain(method, params.copy().put("_meta", meta));
  }

  static JsonObject plain(String method, JsonObject params) {
    return new JsonObject()
        .put("jsonrpc", "2.0")
        .put("id", 7)
        .put("method", method)
        .put("params", params);
  }

  static JsonObject tool(String name, JsonObject arguments) {
    return new JsonObject().put("name", name).put("arguments", arguments);
  }

  static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  /** The lines of a body that may go on for ever. */
  static HttpResponse<Stream<String>> open(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.build(), BodyHandlers.ofLines());
  }

  static JsonObject json(HttpResponse<String> response) {
    return new JsonObject(response.body());
  }

  /** The messages of a whole event stream. */
  static List<JsonObject> events(HttpResponse<String> response) {
    return response.body().lines().flatMap(line -> message(line).stream()).toList();
  }

  /** The message in a line of an event stream; none if the line holds something else. */
  static List<JsonObject> message(String line) {
    return line.startsWith("data: ")
        ? List.of(new JsonObject(line.substring("data: ".length())))
        : List.of();
  }
}
