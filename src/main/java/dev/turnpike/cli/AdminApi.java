package dev.turnpike.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The admin API of a running Turnpike.
 *
 * @param base of its management port
 * @param token a file with a bearer token, where the API wants one
 */
record AdminApi(URI base, Optional<Path> token) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What was asked for cannot be told; the message says why, and what to do. */
  static final class Untold extends Exception {
    private static final long serialVersionUID = 1;

    Untold(String why) {
      super(why, null, false, false);
    }
  }

  /** The answer to a question. */
  String get(String path) throws Untold {
    return send(path, HttpRequest.newBuilder().GET());
  }

  /** The answer to a question in JSON. */
  String post(String path, String json) throws Untold {
    return send(
        path,
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  /** What becomes of a change. */
  String put(String path, String json) throws Untold {
    return send(
        path,
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json)));
  }

  /** What becomes of what is taken back. */
  String delete(String path) throws Untold {
    return send(path, HttpRequest.newBuilder().DELETE());
  }

  // what it says in words, where it does
  private static String why(String body) {
    try {
      return new JsonObject(body).getString("error", body);
    } catch (DecodeException | ClassCastException other) {
      return body;
    }
  }

  private String send(String path, HttpRequest.Builder request) throws Untold {
    URI url = URI.create(base.toString().replaceAll("/+$", "") + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      request.uri(url).timeout(PATIENCE);
      if (token.isPresent()) {
        request.header("Authorization", "Bearer " + Files.readString(token.get()).strip());
      }
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new Untold(url + " answered " + answer.statusCode() + ": " + why(answer.body()));
      }
      return answer.body();
    } catch (IOException unreachable) {
      throw new Untold(
          url
              + " cannot be asked ("
              + unreachable.getClass().getSimpleName()
              + "): is Turnpike running, and is this its management port?");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Untold("stopped");
    }
  }
}
