package dev.turnpike.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyServerTest {
  @RegisterExtension static final Demo DEMO = new Demo();

  private static final JsonObject NOTHING = new JsonObject();
  private static final String SESSION = "Mcp-Session-Id";

  @ParameterizedTest
  @CsvSource({
    "2025-11-25, 2025-11-25",
    "2025-06-18, 2025-06-18",
    "2025-03-26, 2025-11-25",
    "2026-07-28, 2025-11-25"
  })
  void initializeAgreesOnARevisionWithSessions(String asked, String agreed) throws Exception {
    HttpResponse<String> response = initialize(asked, NOTHING);
    assertThat(Posts.json(response).getJsonObject("result").getString("protocolVersion"))
        .isEqualTo(agreed);
    assertThat(response.headers().firstValue(SESSION).orElseThrow()).hasSizeGreaterThan(20);
  }

  @Test
  void aSessionAnswersWhatItHas() throws Exception {
    String session = session(NOTHING);
    assertThat(ask(session, "ping", NOTHING)).isEmpty();
    assertThat(ask(session, "tools/list", NOTHING).getJsonArray("tools")).hasSize(5);
    assertThat(ask(session, "resources/list", NOTHING).getJsonArray("resources")).hasSize(1);
    assertThat(ask(session, "prompts/list", NOTHING).getJsonArray("prompts")).hasSize(1);
    JsonObject echo = Posts.tool("echo", new JsonObject().put("message", "hi"));
    JsonObject result = ask(session, "tools/call", echo);
    assertThat(result.encode()).contains("hi").doesNotContain("resultType");
  }

  @Test
  void notificationsAreAccepted() throws Exception {
    JsonObject initialized = Posts.plain("notifications/initialized", NOTHING);
    initialized.remove("id");
    assertThat(Posts.send(post(session(NOTHING), initialized)).statusCode()).isEqualTo(202);
  }

  @Test
  void withoutASessionNothingIsAnswered() throws Exception {
    JsonObject list = Posts.plain("tools/list", NOTHING);
    assertThat(Posts.send(Posts.to(url(), list.encode())).statusCode()).isEqualTo(400);
    assertThat(Posts.send(post("unknown", list)).statusCode()).isEqualTo(404);
  }

  @Test
  void anEndedSessionIsUnknown() throws Exception {
    String session = session(NOTHING);
    HttpRequest.Builder delete = bare(session).DELETE();
    assertThat(Posts.send(delete).statusCode()).isEqualTo(204);
    assertThat(Posts.send(delete).statusCode()).isEqualTo(404);
    assertThat(Posts.send(post(session, Posts.plain("ping", NOTHING))).statusCode()).isEqualTo(404);
  }

  @Test
  void aRevisionThatIsNotSpokenIsRefused() throws Exception {
    HttpRequest.Builder ping =
        post(session(NOTHING), Posts.plain("ping", NOTHING))
            .header("MCP-Protocol-Version", "2026-07-28");
    assertThat(Posts.send(ping).statusCode()).isEqualTo(400);
  }

  @Test
  void aBatchIsRefused() throws Exception {
    assertThat(Posts.send(Posts.to(url(), "[]").header(SESSION, session(NOTHING))).statusCode())
        .isEqualTo(400);
  }

  @Test
  void anUnknownResourceHasTheCodeOfItsTime() throws Exception {
    JsonObject read = Posts.plain("resources/read", new JsonObject().put("uri", "demo://no"));
    HttpResponse<String> response = Posts.send(post(session(NOTHING), read));
    assertThat(Posts.json(response).getJsonObject("error").getInteger("code")).isEqualTo(-32002);
  }

  @Test
  void countdownStreamsItsProgress() throws Exception {
    List<JsonObject> messages = Posts.events(Posts.send(countdown(session(NOTHING), 2, 1)));
    assertThat(messages).hasSize(3);
    assertThat(messages.getFirst().getString("method")).isEqualTo("notifications/progress");
    assertThat(messages.getLast().containsKey("result")).isTrue();
  }

  @Test
  void aCancelledCountdownEndsWithoutAnAnswer() throws Exception {
    String session = session(NOTHING);
    try (Stream<String> lines = Posts.open(countdown(session, 20, 100)).body()) {
      Iterator<String> reading = lines.iterator();
      assertThat(reading.next()).isEqualTo(": open");
      JsonObject cancel =
          Posts.plain("notifications/cancelled", new JsonObject().put("requestId", 7));
      cancel.remove("id");
      assertThat(Posts.send(post(session, cancel)).statusCode()).isEqualTo(202);
      StringBuilder rest = new StringBuilder();
      reading.forEachRemaining(rest::append);
      assertThat(rest.toString()).doesNotContain("result");
    }
  }

  @Test
  void askNameAsksOnTheStreamOfItsCall() throws Exception {
    String session = session(new JsonObject().put("elicitation", NOTHING));
    JsonObject call = Posts.plain("tools/call", Posts.tool("ask-name", NOTHING));
    try (Stream<String> lines = Posts.open(post(session, call)).body()) {
      Iterator<JsonObject> messages =
          lines.flatMap(line -> Posts.message(line).stream()).iterator();
      JsonObject question = messages.next();
      assertThat(question.getString("method")).isEqualTo("elicitation/create");
      JsonObject answer =
          new JsonObject()
              .put("jsonrpc", "2.0")
              .put("id", question.getString("id"))
              .put(
                  "result",
                  new JsonObject()
                      .put("action", "accept")
                      .put("content", new JsonObject().put("name", "Ada")));
      assertThat(Posts.send(post(session, answer)).statusCode()).isEqualTo(202);
      assertThat(messages.next().getJsonObject("result").encode()).contains("Hello, Ada.");
      assertThat(messages.hasNext()).isFalse();
    }
  }

  @Test
  void askNameDoesNotAskAClientThatCannotBeAsked() throws Exception {
    JsonObject result = ask(session(NOTHING), "tools/call", Posts.tool("ask-name", NOTHING));
    assertThat(result.getBoolean("isError")).isTrue();
  }

  @Test
  void aSessionHasOneStreamOfItsOwnThatEndsWithIt() throws Exception {
    String session = session(NOTHING);
    HttpRequest.Builder listen = bare(session).header("Accept", "text/event-stream").GET();
    try (Stream<String> lines = Posts.open(listen).body()) {
      Iterator<String> reading = lines.iterator();
      assertThat(reading.next()).isEqualTo(": open");
      assertThat(Posts.send(listen).statusCode()).isEqualTo(409);
      assertThat(Posts.send(bare(session).DELETE()).statusCode()).isEqualTo(204);
      reading.forEachRemaining(line -> assertThat(line).isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH"})
  void otherMethodsAreNotAllowed(String method) throws Exception {
    HttpRequest.Builder request = bare("any").method(method, HttpRequest.BodyPublishers.noBody());
    assertThat(Posts.send(request).statusCode()).isEqualTo(405);
  }

  private static String url() {
    return DEMO.running().legacyUrl();
  }

  private static HttpRequest.Builder bare(String session) {
    return HttpRequest.newBuilder(URI.create(url()))
        .timeout(Duration.ofSeconds(20))
        .header(SESSION, session);
  }

  private static HttpRequest.Builder post(String session, JsonObject message) {
    return Posts.to(url(), message.encode()).header(SESSION, session);
  }

  private static HttpResponse<String> initialize(String revision, JsonObject capabilities)
      throws Exception {
    JsonObject params =
        new JsonObject()
            .put("protocolVersion", revision)
            .put("capabilities", capabilities)
            .put("clientInfo", new JsonObject().put("name", "test").put("version", "1"));
    return Posts.send(Posts.to(url(), Posts.plain("initialize", params).encode()));
  }

  private static String session(JsonObject capabilities) throws Exception {
    return initialize("2025-11-25", capabilities).headers().firstValue(SESSION).orElseThrow();
  }

  private static JsonObject ask(String session, String method, JsonObject params) throws Exception {
    HttpResponse<String> response = Posts.send(post(session, Posts.plain(method, params)));
    assertThat(response.statusCode()).isEqualTo(200);
    return Posts.json(response).getJsonObject("result");
  }

  private static HttpRequest.Builder countdown(String session, int from, int pauseMillis) {
    JsonObject arguments = new JsonObject().put("from", from).put("pauseMs", pauseMillis);
    JsonObject params =
        Posts.tool("countdown", arguments).put("_meta", new JsonObject().put("progressToken", 1));
    return post(session, Posts.plain("tools/call", params));
  }
}
