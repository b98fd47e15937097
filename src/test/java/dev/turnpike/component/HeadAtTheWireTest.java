package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.rpc.Payload;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before anybody looks at what the body says. */
class HeadAtTheWireTest extends Wire {
  private static final int BODY_LIMIT = 4 * 1024 * 1024;

  private static RawRequest good() {
    return RawRequest.call("one", "7", "echo", "{}");
  }

  static Stream<Row> strangers() {
    return Stream.of(
        new Row("foreign Host", good().replaced("Host", "evil.example.com"), 403, 0),
        new Row("foreign Host with a port", good().replaced("Host", "evil.example.com:80"), 403, 0),
        new Row("Host that begins well", good().replaced("Host", "localhost.evil.com"), 403, 0),
        new Row("two Hosts", good().with("Host", "evil.example.com"), 403, 0),
        new Row("the same Host twice", good().with("Host", "localhost"), 403, 0),
        new Row("no Host", good().without("Host"), 403, 0),
        new Row("foreign Origin", good().with("Origin", "http://evil.example.com"), 403, 0),
        new Row("Origin null", good().with("Origin", "null"), 403, 0),
        new Row("Origin with a path", good().with("Origin", "http://localhost/x"), 403, 0),
        new Row(
            "two Origins",
            good().with("Origin", "http://localhost").with("Origin", "http://evil.example.com"),
            403,
            0),
        new Row(
            "foreign Origin of a GET",
            RawRequest.get("old", "x").with("Origin", "http://evil.example.com"),
            403,
            0),
        new Row(
            "preflight of a foreign Origin",
            good()
                .method("OPTIONS")
                .with("Origin", "http://evil.example.com")
                .with("Access-Control-Request-Method", "POST"),
            403,
            0));
  }

  static Stream<Row> nowhere() {
    return Stream.of(
            "/mcp/none",
            "/mcp/",
            "/mcp",
            "/",
            "/mcp/one/",
            "/mcp/one/x",
            "/mcp/%6fne",
            "/mcp//one",
            "/mcp/./one",
            "/MCP/one",
            "/a2a/one",
            "/q/health",
            "/q/health/live",
            "/q/metrics",
            "/admin/usage",
            "/admin/config",
            "/console",
            "/.well-known/oauth-protected-resource/mcp/one")
        .flatMap(path ->
            Stream.of(
                new Row("POST " + path, good().path(path), 404, 0),
                new Row("GET " + path, RawRequest.get("one", "x").path(path), 404, 0)));
  }

  static Stream<Row> content() {
    return Stream.of(
        new Row("no type", good().without("Content-Type"), 415, -32600, "7"),
        new Row("text", good().replaced("Content-Type", "text/plain"), 415, -32600, "7"),
        new Row(
            "a type that begins well",
            good().replaced("Content-Type", "application/json-seq"),
            415,
            -32600,
            "7"),
        new Row(
            "only JSON wanted", good().replaced("Accept", "application/json"), 406, -32600, "7"),
        new Row(
            "only events wanted", good().replaced("Accept", "text/event-stream"), 406, -32600, "7"),
        new Row("compressed", good().with("Content-Encoding", "gzip"), 415, 0),
        new Row("a byte too much", good().body(Payload.of(new byte[BODY_LIMIT + 1])), 413, 0));
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void isTurnedAwayWhereHostOrOriginIsNotServed(Row row) {
    RawAnswer answer = refused(row);
    assertThat(answer.fields().has("access-control-allow-origin")).isFalse();
  }

  @ParameterizedTest
  @MethodSource("nowhere")
  void isNotFoundWhereNothingIsServed(Row row) {
    refused(row);
  }

  @ParameterizedTest
  @MethodSource("content")
  void isRefusedForWhatTheHeadSaysOfTheBody(Row row) {
    refused(row);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "HEAD", "OPTIONS", "TRACE", "QUERY", "BREW"})
  void saysWhichMethodsAreTaken(String method) {
    RawAnswer answer = refused(new Row(method, good().method(method).headOnly(), 405, 0));
    assertThat(answer.fields().first("allow")).isEqualTo("POST, GET, DELETE");
    assertThat(answer.body().size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE"})
  void takesPostAloneFromWhoNamesNoSession(String method) {
    RawAnswer answer = refused(new Row(method, good().method(method).headOnly(), 405, 0));
    assertThat(answer.fields().first("allow")).isEqualTo("POST");
  }

  @Test
  void asksForAnIdentityBeforeItLooksAtTheBody() {
    for (RawRequest request :
        new RawRequest[] {good().body("no JSON"), good(), RawRequest.get("shut", "x")}) {
      RawAnswer answer = refused(new Row("shut", request.path("/mcp/shut"), 401, 0));
      assertThat(answer.fields().all("www-authenticate")).containsExactly("Bearer");
    }
  }

  @Test
  void takesABodyOfExactlyTheLimit() {
    String call = RawRequest.modernBody("7", "tools/call", "\"name\":\"echo\",\"x\":\"%s\"");
    String padding = "x".repeat(BODY_LIMIT - call.length() + 2);
    RawAnswer answer = RawCaller.ask(road, good().body(call.formatted(padding)));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(up.only("tools/call").body().size()).isEqualTo(BODY_LIMIT);
  }

  @Test
  void refusesABodyThatNeverEnds() {
    try (RawCaller caller = RawCaller.to(road)) {
      caller.send(good().with("Transfer-Encoding", "chunked").headOnly());
      String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
      for (int sent = 0; sent <= BODY_LIMIT; sent += 0x10000) {
        caller.send(chunk);
      }
      assertThat(caller.head().status()).isEqualTo(413);
    }
    assertThat(up.seen()).isEmpty();
    assertThat(road.exchanges().all().getLast().outcomes()).hasSize(1);
  }

  @Test
  void takesChunks() {
    try (RawCaller caller = RawCaller.to(road)) {
      caller.send(good().with("Transfer-Encoding", "chunked").headOnly());
      for (String piece : good().body().text().split("(?<=,)", -1)) {
        caller.send(Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n");
      }
      assertThat(caller.send("0\r\n\r\n").answer().status()).isEqualTo(200);
    }
    assertThat(up.only("tools/call").body()).isEqualTo(good().body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: +5",
        "Content-Length: 5x",
        "Content-Length: -1",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding : chunked",
        "X: y\r\n Content-Length: 5"
      })
  void findsNoSecondRequestInTheBodyOfOneWhoseLengthIsInDoubt(String doubtful) {
    String smuggled = "5\r\nhello\r\n0\r\n\r\n";
    try (RawCaller caller = RawCaller.to(road)) {
      caller.send(
          "POST /mcp/one HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Accept: */*\r\n"
              + doubtful
              + "\r\n\r\n"
              + smuggled
              + "DELETE /mcp/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n");
      caller.head();
      assertThat(caller.status()).isIn(400, 415, 501);
    }
    road.settle();
    assertThat(up.seen()).isEmpty();
  }

  @Test
  void refusesAHeadOfMoreThan32KiB() {
    assertThat(RawCaller.ask(road, good().with("X-Long", "x".repeat(32 * 1024))).status())
        .isEqualTo(431);
    assertThat(up.seen()).isEmpty();
  }

  @Test
  void takesAHeadOfLittleLessThan32KiB() {
    assertThat(RawCaller.ask(road, good().with("X-Long", "x".repeat(31 * 1024))).status())
        .isEqualTo(200);
  }

  @Test
  void saysThatABodyMayComeWhereTheCallerAsksFirst() {
    try (RawCaller caller = RawCaller.to(road)) {
      RawAnswer answer = caller.send(good().with("Expect", "100-continue")).answer();
      assertThat(answer.status()).isEqualTo(200);
    }
  }

  @Test
  void letsAPageOfAServedOriginReadTheAnswer() {
    String origin = "http://localhost:" + road.port();
    RawAnswer answer = RawCaller.ask(road, good().with("Origin", origin));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.fields().first("access-control-allow-origin")).isEqualTo(origin);
    assertThat(answer.fields().first("access-control-expose-headers"))
        .contains("Mcp-Session-Id", "WWW-Authenticate", "RateLimit");
    assertThat(up.only("tools/call").fields().has("origin")).isFalse();
  }

  @Test
  void servesSeveralRequestsOfOneConnectionAndRefusalsBetweenThem() {
    try (RawCaller caller = RawCaller.to(road)) {
      assertThat(caller.send(good()).answer().status()).isEqualTo(200);
      assertThat(caller.send(good().body("{")).answer().status()).isEqualTo(400);
      assertThat(caller.send(good().path("/mcp/none")).answer().status()).isEqualTo(404);
      assertThat(caller.send(good()).answer().status()).isEqualTo(200);
    }
  }
}
