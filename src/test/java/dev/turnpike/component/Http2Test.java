package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Outcome;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The data port over HTTP/2, by prior knowledge. */
class Http2Test extends OwnRoad {
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client =
      vertx.createHttpClient(
          new HttpClientOptions()
              .setProtocolVersion(HttpVersion.HTTP_2)
              .setHttp2ClearTextUpgrade(false));

  @AfterEach
  void closeClient() {
    done(vertx.close());
  }

  private static <T> T done(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private HttpClientRequest post() {
    HttpClientRequest request =
        done(client.request(HttpMethod.POST, road.port(), "localhost", "/mcp/one"));
    return request
        .putHeader("content-type", "application/json")
        .putHeader("accept", "application/json, text/event-stream")
        .putHeader("mcp-protocol-version", "2026-07-28")
        .putHeader("mcp-method", "tools/call")
        .putHeader("mcp-name", "echo");
  }

  private static Buffer call() {
    return Buffer.buffer(RawRequest.call("one", "1", "echo", "{}").body().text());
  }

  /** The answer with its body, which is read where it comes. */
  private record Whole(HttpClientResponse head, String body) {}

  private static Whole whole(HttpClientRequest request) {
    return done(
        request
            .send(call())
            .compose(head -> head.body().map(body -> new Whole(head, body.toString()))));
  }

  @Test
  void answersACall() {
    up.on("tools/call", Scripts.json(Scripts.RESULT));
    Whole answer = whole(post());
    assertThat(answer.head().version()).isEqualTo(HttpVersion.HTTP_2);
    assertThat(answer.head().statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("served");
  }

  @Test
  void streamsAnAnswer() {
    up.on("tools/call", Scripts.events(Scripts.progress(1), Scripts.RESULT));
    Whole answer = whole(post());
    assertThat(answer.head().getHeader("content-type")).isEqualTo("text/event-stream");
    assertThat(answer.body()).contains(Scripts.progress(1), "served");
  }

  @Test
  void takesAResetStreamForALeavingCallerAndLeavesTheConnectionToOthers() {
    up.on("tools/call", Scripts.hangInStream(Scripts.progress(1)));
    HttpClientRequest request = post();
    HttpClientResponse answer =
        done(request.send(call()).onSuccess(head -> head.exceptionHandler(_ -> {})));
    assertThat(answer.statusCode()).isEqualTo(200);
    request.reset(8);
    Eventually.holds("the upstream's stream is closed", () -> up.only("tools/call").hungUp());
    assertThat(outcome(0)).isInstanceOf(Outcome.Cut.class);
    up.forget();
    up.on("tools/call", Scripts.json(Scripts.RESULT));
    assertThat(done(post().send(call())).statusCode()).isEqualTo(200);
  }

  @Test
  void refusesAForeignAuthority() {
    HttpClientRequest request = post();
    request.authority(HostAndPort.create("evil.example", 80));
    assertThat(done(request.send(call())).statusCode()).isEqualTo(403);
  }
}
