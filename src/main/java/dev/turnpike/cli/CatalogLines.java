package dev.turnpike.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks a running Turnpike what there is to call, and says it in lines. */
final class CatalogLines {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private CatalogLines() {}

  /** What was asked for cannot be told; the message says why, and what to do. */
  static final class Untold extends Exception {
    private static final long serialVersionUID = 1;

    Untold(String why) {
      super(why, null, false, false);
    }
  }

  /**
   * The answer of the admin API.
   *
   * @param token a file with a bearer token, where the API wants one
   */
  static String ask(URI admin, Optional<Path> token) throws Untold {
    URI catalog = URI.create(admin.toString().replaceAll("/+$", "") + "/admin/catalog");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest.Builder request = HttpRequest.newBuilder(catalog).timeout(PATIENCE).GET();
      if (token.isPresent()) {
        request.header("Authorization", "Bearer " + Files.readString(token.get()).strip());
      }
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new Untold(catalog + " answered " + answer.statusCode() + ": " + answer.body());
      }
      return answer.body();
    } catch (IOException unreachable) {
      throw new Untold(
          catalog
              + " cannot be asked ("
              + unreachable.getClass().getSimpleName()
              + "): is Turnpike running, and is this its management port?");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Untold("stopped");
    }
  }

  /** One line for each endpoint, upstream and target; columns are apart by tabs. */
  static List<String> lines(String json) throws Untold {
    try {
      List<String> lines = new ArrayList<>();
      for (JsonObject endpoint : objects(new JsonObject(json).getJsonArray("endpoints"))) {
        lines.add("/mcp/" + endpoint.getString("endpoint"));
        for (JsonObject upstream : objects(endpoint.getJsonArray("upstreams"))) {
          lines.add("  upstream\t" + upstream.getString("name") + "\t" + state(upstream));
        }
        for (JsonObject target : objects(endpoint.getJsonArray("targets"))) {
          lines.add(
              "  "
                  + target.getString("kind")
                  + "\t"
                  + target.getString("name")
                  + "\t"
                  + target.getString("upstream")
                  + "\t"
                  + target.getString("original"));
        }
      }
      return lines;
    } catch (DecodeException | ClassCastException unreadable) {
      throw new Untold("the answer is no catalog: is this the management port of a Turnpike?");
    }
  }

  private static String state(JsonObject upstream) {
    String omitted = upstream.getString("omitted", "");
    String state =
        upstream.getBoolean("up", false)
            ? upstream.getString("era", "")
            : "left out: " + upstream.getString("trouble", "");
    return omitted.isEmpty() ? state : state + " (not all of it: " + omitted + ")";
  }

  private static List<JsonObject> objects(JsonArray array) {
    List<JsonObject> objects = new ArrayList<>();
    for (int i = 0; array != null && i < array.size(); i++) {
      objects.add(array.getJsonObject(i));
    }
    return objects;
  }
}
