package dev.turnpike.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Calls that wait for an input which never comes. They stay open until the gateway ends. */
final class OpenContinuations {
  private static final String PATH = "/mcp/load-asking";

  private OpenContinuations() {}

  /** Leaves so many, a few at a time: each is held by the gateway, and none by a connection. */
  static void leave(int port, int count, int atOnce) throws IOException {
    String body = ToolCall.able(PATH, port).body();
    HttpRequest call =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + PATH))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("MCP-Protocol-Version", "2026-07-28")
            .header("Mcp-Method", "tools/call")
            .header("Mcp-Name", "echo")
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (int left = count; left > 0; left -= atOnce) {
        List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
        for (int i = 0; i < Math.min(left, atOnce); i++) {
          asked.add(client.sendAsync(call, HttpResponse.BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> one : asked) {
          String answer = one.join().body();
          if (!answer.contains("requestState")) {
            throw new IOException("not asked for an input: " + answer);
          }
        }
      }
    } catch (CompletionException failed) {
      throw new IOException(failed);
    }
  }
}
