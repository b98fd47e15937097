package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Outcome;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An upstream that is spoken to in HTTP/2 from the first byte ({@code http2: true}). */
class Http2UpstreamTest {
  private static final long REFUSED_STREAM = 7;

  private final Vertx vertx = Vertx.vertx();
  private final List<HttpVersion> versions = new CopyOnWriteArrayList<>();
  private final CompletableFuture<HttpServerResponse> streaming = new CompletableFuture<>();
  private final CompletableFuture<Boolean> left = new CompletableFuture<>();
  private final AtomicInteger connections = new AtomicInteger();
  private HttpServer server;
  private Road road;

  @BeforeEach
  void serve() {
    server =
        done(
            vertx
                .createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                .connectionHandler(_ -> connections.incrementAndGet())
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
                .listen(0));
    road =
        Road.serving(
            """
            upstreams:
              m: { mcp: { url: "http://127.0.0.1:%d/mcp", revision: modern, http2: true } }
            endpoints:
              m: { mcp: { upstreams: [m] }, anonymous: true }
            rules:
              - name: all
                allow: { endpoints: [m] }
            """
                .formatted(server.actualPort()));
  }

  @AfterEach
  void stop() {
    road.settle();
    road.close();
    done(vertx.close());
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private void answer(HttpServerRequest request, Buffer body) {
    versions.add(request.version());
    HttpServerResponse response = request.response();
    switch (String.valueOf(request.getHeader("mcp-name"))) {
      case "stream" -> {
        response.putHeader("Content-Type", "text/event-stream");
        response.closeHandler(_ -> left.complete(response.ended()));
        response.write("data: " + Scripts.progress(1) + "\n\n");
        streaming.complete(response);
      }
      case "reset" -> response.reset(REFUSED_STREAM);
      default ->
          response
              .putHeader("Content-Type", "application/json")
              .end(Scripts.RESULT.replace("$id", body.toJsonObject().getValue("id").toString()));
    }
  }

  private static RawRequest call(int id, String tool) {
    return RawRequest.call("m", Integer.toString(id), tool, "{}");
  }

  @Test
  void isCalledOnOneConnectionForManyCalls() {
    try (RawCaller caller = RawCaller.to(road)) {
      for (int id = 1; id < 10; id++) {
        assertThat(caller.send(call(id, "echo")).answer().text())
            .isEqualTo(Scripts.RESULT.replace("$id", Integer.toString(id)));
      }
    }
    assertThat(versions).isNotEmpty().containsOnly(HttpVersion.HTTP_2);
    assertThat(connections.get()).isEqualTo(1);
  }

  @Test
  void streamsItsEventsAsTheyCome() {
    try (RawCaller caller = RawCaller.to(road).send(call(1, "stream")).head()) {
      assertThat(caller.data()).isEqualTo(Scripts.progress(1));
      HttpServerResponse response = streaming.join();
      response.write("data: " + Scripts.progress(2) + "\n\n");
      assertThat(caller.data()).isEqualTo(Scripts.progress(2));
      response.end("data: " + Scripts.RESULT.replace("$id", "1") + "\n\n");
      assertThat(caller.data()).isEqualTo(Scripts.RESULT.replace("$id", "1"));
      caller.end();
    }
    assertThat(versions).containsOnly(HttpVersion.HTTP_2);
  }

  @Test
  void seesItsStreamResetWhereTheCallerLeavesAndServesTheNextOnTheSameConnection() {
    RawCaller caller = RawCaller.to(road).send(call(1, "stream")).head();
    assertThat(caller.data()).isEqualTo(Scripts.progress(1));
    caller.hangUp();
    assertThat(left.orTimeout(10, TimeUnit.SECONDS).join()).as("ended in good order").isFalse();
    assertThat(RawCaller.ask(road, call(2, "echo")).text()).contains("served");
    Eventually.holds(
        "both have ended",
        () -> road.exchanges().all().size() == 2 && road.exchanges().outcomes().size() == 2);
    assertThat(road.exchanges().all().getFirst().outcomes().getFirst())
        .isInstanceOf(Outcome.Cut.class);
  }

  @Test
  void isUnavailableWhereItResetsAStream() {
    assertThat(RawCaller.ask(road, call(1, "reset")).code()).isEqualTo(-31502);
    assertThat(RawCaller.ask(road, call(2, "echo")).text()).contains("served");
  }
}
