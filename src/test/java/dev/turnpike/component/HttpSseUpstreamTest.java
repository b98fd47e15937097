package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.OldTransport;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Upstreams over the transport of 2024-11-05. */
class HttpSseUpstreamTest {
  private static final String OPENED =
      "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"protocolVersion\":\"2024-11-05\",\"capabilities\":"
          + "{\"tools\":{}},\"serverInfo\":{\"name\":\"old\",\"version\":\"1\"}}}";

  private static final String ASKS =
      "{\"jsonrpc\":\"2.0\",\"id\":\"q-1\",\"method\":\"elicitation/create\",\"params\":{\"message\":"
          + "\"Who?\",\"requestedSchema\":{\"type\":\"object\",\"properties\":{}}}}";

  private static final String PING = RawRequest.legacyBody("7", "ping", "{}");
  private static final int NEVER = 0;
  private static final int HELD = 1;

  private final Set<String> off = ConcurrentHashMap.newKeySet();
  private final Vertx vertx = Vertx.vertx();
  private final List<HttpServerResponse> streams = new CopyOnWriteArrayList<>();
  private final List<String> posted = new CopyOnWriteArrayList<>();
  private volatile String endpoint = "/post?s=1";
  private volatile int status = 202;
  private volatile Runnable heldCall = () -> {};
  private volatile Consumer<String> calls = id -> say(result(id));
  private final HttpServer server = listening();
  private final Road road =
      Road.serving(config(), OldTransport.on().calling((revision, _) -> !off.contains(revision)));

  private String config() {
    return Road.open("old", "http://127.0.0.1:" + server.actualPort() + "/sse")
        .replace("url:", "transport: http-sse, timeout: 2s, url:");
  }

  private HttpServer listening() {
    try {
      return vertx
          .createHttpServer()
          .requestHandler(this::serve)
          .listen(0, "127.0.0.1")
          .toCompletionStage()
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private void serve(HttpServerRequest request) {
    if (request.method().name().equals("GET")) {
      HttpServerResponse response = request.response().setChunked(true);
      streams.add(response);
      response.putHeader("content-type", "text/event-stream");
      response.write("event: endpoint\ndata: " + endpoint + "\n\n");
      return;
    }
    request.bodyHandler(body -> {
      String text = body.toString();
      posted.add(text);
      if (status == NEVER) {
        return;
      }
      String id = text.replaceAll(".*\"id\":([0-9]+).*", "$1");
      if (status == HELD && text.contains("tools/call")) {
        heldCall =
            () -> {
              say(result(id));
              request.response().setStatusCode(202).end();
            };
        calls.accept(id);
        return;
      }
      request.response().setStatusCode(status == HELD ? 202 : status).end("Accepted");
      if (status != 202 && status != HELD) {
        return;
      }
      if (text.contains("\"q-1\"")) {
        heldCall.run();
      }
      if (text.contains("\"initialize\"")) {
        say(OPENED.formatted(id));
      } else if (text.contains("tools/call")) {
        calls.accept(id);
      }
    });
  }

  private static String result(String id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"content\":[]}}".formatted(id);
  }

  private void say(String message) {
    streams.getLast().write("event: message\ndata: " + message + "\n\n");
  }

  private RawAnswer call() {
    return RawCaller.ask(road, RawRequest.call("old", "7", "echo", "{}"));
  }

  @AfterEach
  void end() {
    road.settle();
    road.close();
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void areServedToCallersOfBothEras() {
    assertThat(call().json().at("/result/content").isArray()).isTrue();
    String session = RawCaller.session(road, "old", "2025-11-25");
    RawAnswer answer =
        RawCaller.ask(
            road,
            RawRequest.legacy(
                "old",
                session,
                RawRequest.legacyBody(
                    "\"a\"", "tools/call", "{\"name\":\"echo\",\"arguments\":{}}")));
    assertThat(answer.json().path("id").asText()).isEqualTo("a");
    assertThat(streams).hasSize(2);
    assertThat(posted).anyMatch(text -> text.contains("notifications/initialized"));
    RawCaller.ask(road, RawRequest.legacy("old", session, "").method("DELETE").body(""));
    Eventually.holds("its stream is closed", () -> streams.getLast().closed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:1/post",
        "https://127.0.0.1/post",
        "//elsewhere.example/post",
        "http://user@127.0.0.1/post",
        "::"
      })
  void arePostedToAtTheirOwnOriginOnly(String elsewhere) {
    endpoint = elsewhere;
    assertThat(call().text()).contains("names an address elsewhere");
    assertThat(posted).isEmpty();
  }

  @Test
  void areCalledNoMoreWhereTheTransportIsOff() {
    assertThat(call().json().has("result")).isTrue();
    String session = RawCaller.session(road, "old", "2025-11-25");
    off.add("http-sse");
    road.gateway().withdraw();
    assertThat(RawCaller.ask(road, RawRequest.legacy("old", session, PING)).status())
        .isEqualTo(404);
    Eventually.holds(
        "every stream is closed", () -> streams.stream().allMatch(HttpServerResponse::closed));
    int before = posted.size();
    assertThat(call().code()).isEqualTo(-31502);
    assertThat(call().text()).contains("upstream.mcp.http-sse");
    assertThat(posted).hasSize(before);
    assertThatThrownBy(() -> road.reload(config())).hasMessageContaining("upstream.mcp.http-sse");
    off.clear();
    assertThat(call().json().has("result")).isTrue();
  }

  @Test
  void ofTheRevisionBeforeCountAsThatAfterIt() {
    off.add("2025-03-26");
    assertThat(call().text()).contains("upstream.mcp.2025-03-26");
  }

  @Test
  void mayNameTheAddressInFull() {
    endpoint = "http://127.0.0.1:" + server.actualPort() + "/post";
    assertThat(call().json().has("result")).isTrue();
  }

  @Test
  void thatEndTheirStreamFailTheCall() {
    calls = _ -> streams.getLast().end();
    RawAnswer answer = call();
    assertThat(answer.code()).isEqualTo(-31502);
    assertThat(answer.text()).contains("ended its stream");
    calls = id -> say(result(id));
    assertThat(call().json().has("result")).isTrue();
  }

  @Test
  void thatRefuseWhatIsPostedFailTheCall() {
    status = 500;
    assertThat(call().text()).contains("refused what was posted with status 500");
  }

  @Test
  void thatNeverTakeWhatIsPostedHoldUpNothingForGood() {
    calls = _ -> status = NEVER;
    assertThat(call().code()).isEqualTo(-31504);
    assertThat(call().code()).isNotZero();
    status = 202;
    calls = id -> say(result(id));
    assertThat(call().json().has("result")).isTrue();
  }

  @Test
  void thatTakeNothingAreNotPostedToWithoutEnd() {
    calls = _ -> status = NEVER;
    assertThat(call().code()).isEqualTo(-31504);
    String large = "{\"a\":\"" + "x".repeat(3_500_000) + "\"}";
    RawAnswer answer = call();
    for (int i = 0; i < 8 && !answer.text().contains("does not read"); i++) {
      answer = RawCaller.ask(road, RawRequest.call("old", "7", "echo", large));
    }
    assertThat(answer.text()).contains("does not read what it is asked");
  }

  @Test
  void mayTakeAPostOnlyWhenTheCallInItIsOver() {
    // which it is not before its caller was asked, in another post
    status = HELD;
    calls = _ -> say(ASKS);
    String session = RawCaller.session(road, "old", "2025-11-25");
    try (RawCaller caller = RawCaller.to(road)) {
      caller
          .send(
              RawRequest.legacy(
                  "old",
                  session,
                  RawRequest.legacyBody("7", "tools/call", "{\"name\":\"echo\",\"arguments\":{}}")))
          .head();
      assertThat(caller.event().data()).contains("elicitation/create");
      RawCaller.ask(
          road,
          RawRequest.legacy(
              "old",
              session,
              "{\"jsonrpc\":\"2.0\",\"id\":\"q-1\",\"result\":{\"action\":\"decline\"}}"));
      assertThat(caller.event().data()).contains("\"id\":7");
    }
  }

  @Test
  void thatNeverAnswerAreNotWaitedFor() {
    calls = _ -> {};
    assertThat(call().code()).isEqualTo(-31504);
  }
}
