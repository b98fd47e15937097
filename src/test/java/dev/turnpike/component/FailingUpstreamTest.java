package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.assembly.Settings;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Script;
import dev.turnpike.testkit.Scripts;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An upstream that does not answer, or not in a way that can be read. */
class FailingUpstreamTest extends Wire {
  private static final int ANSWER_LIMIT = 64 * 1024;
  private static final String FAILING =
      """
      upstreams:
        one: { mcp: { url: "%1$s", timeout: %4$s, idle-timeout: %4$s, concurrency: %3$d } }
        old: { mcp: { url: "%2$s", timeout: %4$s, idle-timeout: %4$s, concurrency: %3$d } }
      endpoints:
        one: { mcp: { upstreams: [one] }, anonymous: true }
        old: { mcp: { upstreams: [old] }, anonymous: true }
      rules:
        - name: all
          allow: { endpoints: ["*"] }
      """;

  private int fresh = 100;

  /** A script, and the HTTP status that a modern caller gets for it. */
  record Failing(String what, Script script, int status) {
    @Override
    public String toString() {
      return what;
    }
  }

  @Override
  Road start() {
    Settings.Bounds all = Settings.Bounds.DEFAULT;
    Settings small =
        Settings.DEFAULT.within(
            new Settings.Bounds(
                all.accept(),
                all.scan(),
                all.replay(),
                all.sessions(),
                all.connections(),
                all.streamsPerCaller(),
                all.callsPerCaller(),
                all.connectionAge(),
                all.inputTime(),
                ANSWER_LIMIT));
    return Road.serving(FAILING.formatted(up.url(), old.url(), 99, "5s"), small);
  }

  // the circuit of the one before is open by now
  @BeforeEach
  void takeAnUpstreamThatHasNotFailedYet() {
    takeAnother("5s");
  }

  private void takeAnother(String timeout) {
    road.reload(FAILING.formatted(up.url(), old.url(), fresh++, timeout));
  }

  private void waitForLittle(int status) {
    if (status == 504) {
      takeAnother("300ms");
    }
  }

  static Stream<Failing> failing() {
    String other = Scripts.RESULT.replace("$id", "99");
    String result = "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"content\":[],\"a\":%s}}";
    return Stream.of(
        new Failing("resets the connection", Scripts.reset(), 502),
        new Failing("closes the connection", (_, line) -> line.close(), 502),
        new Failing("says nothing", Scripts.hang(), 504),
        new Failing("stops within the head", Scripts.hangInHead(), 504),
        new Failing("stops after the head", Scripts.hangAfterHead("application/json"), 504),
        new Failing(
            "stops within the body",
            (_, line) -> {
              line.begin("application/json");
              line.chunk("{\"jsonrpc\"");
              line.hang();
            },
            504),
        new Failing("breaks off within the body", Scripts.truncated("{\"jsonrpc\""), 502),
        new Failing("resets within the body", Scripts.resetInBody("{\"jsonrpc\""), 502),
        new Failing("drips its head", Scripts.drip("HTTP/1.1 200 OK\r\nX: y\r\n", 40), 504),
        new Failing("sends a line without end", lineWithoutEnd(), 502),
        new Failing(
            "gives two lengths",
            (_, line) -> {
              line.raw(
                  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                      + "Content-Length: 2\r\nContent-Length: 200\r\n\r\n{}");
              line.hang();
            },
            502),
        new Failing("speaks no HTTP", (_, line) -> line.raw("SSH-2.0-x\r\n\r\n"), 502),
        new Failing(
            "has too much to say in the head",
            (_, line) -> line.head(200, ("X: " + "x".repeat(8000) + "\r\n").repeat(12)),
            502),
        new Failing("redirects", Scripts.status(302, "Location: http://127.0.0.1:1/\r\n", ""), 502),
        new Failing(
            "wants credentials", Scripts.status(401, "WWW-Authenticate: Bearer\r\n", ""), 502),
        new Failing("forbids", Scripts.status(403), 502),
        new Failing("takes no POST", Scripts.status(405, "Allow: GET\r\n", ""), 502),
        new Failing("has had enough", Scripts.status(429, "Retry-After: 1\r\n", ""), 502),
        new Failing("has a bad day", Scripts.status(500), 502),
        new Failing("is not ready", Scripts.status(503), 502),
        new Failing("says no more than no", Scripts.status(400), 502),
        new Failing("says that it is well, and nothing more", Scripts.status(200), 502),
        new Failing("answers a page", Scripts.typed("text/html", "<html>$id</html>"), 502),
        new Failing("answers half a document", Scripts.json("{\"jsonrpc\":\"2.0\""), 502),
        new Failing(
            "answers a name twice", Scripts.json(result.formatted("{\"a\":1,\"a\":2}")), 502),
        new Failing("answers NaN", Scripts.json(result.formatted("NaN")), 502),
        new Failing("answers no UTF-8", noUtf8(), 502),
        new Failing("answers no JSON-RPC", Scripts.json("{\"id\":$id}"), 502),
        new Failing("answers to somebody else", Scripts.json(other), 502),
        new Failing("answers a text", Scripts.json("\"ok\""), 502),
        new Failing(
            "answers too deep",
            Scripts.json(result.formatted("[".repeat(200) + "]".repeat(200))),
            502),
        new Failing(
            "answers too much",
            Scripts.json(result.formatted("\"" + "x".repeat(ANSWER_LIMIT) + "\"")),
            502),
        new Failing(
            "answers compressed",
            Scripts.status(200, "Content-Encoding: gzip\r\n", Scripts.RESULT),
            502));
  }

  // 100 MiB in one line; it is cut long before
  private static Script lineWithoutEnd() {
    return (_, line) -> {
      line.begin("application/json");
      String part = "x".repeat(1024 * 1024);
      line.chunk("\"");
      for (int i = 0; i < 100; i++) {
        line.chunk(part);
      }
      line.end();
    };
  }

  private static Script noUtf8() {
    return (request, line) -> {
      line.begin("application/json");
      line.chunk("{\"jsonrpc\":\"2.0\",\"id\":" + request.id() + ",\"result\":{\"a\":\"");
      line.chunk(new byte[] {(byte) 0xC3});
      line.chunk("\"}}");
      line.end();
    };
  }

  @ParameterizedTest
  @MethodSource("failing")
  void isAFailureOfTheGatewayToAModernCaller(Failing failing) {
    up.on("tools/call", failing.script());
    waitForLittle(failing.status());
    RawAnswer answer =
        said(
            new Row(
                failing.what(),
                RawRequest.call("one", "7", "echo", "{}"),
                failing.status(),
                -31000 - failing.status(),
                "7"));
    assertThat(answer.json().at("/error/data/reason").asText()).isNotBlank();
    assertThat(answer.fields().has("www-authenticate")).isFalse();
    assertThat(answer.fields().has("location")).isFalse();
    assertThat(answer.text()).doesNotContain("127.0.0.1");
    assertThat(up.seen("tools/call")).as("a call that was sent is not sent again").hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("failing")
  void isAnErrorInBandToALegacyCaller(Failing failing) {
    String session = RawCaller.session(road, "old", "2025-11-25");
    old.on("tools/call", failing.script());
    waitForLittle(failing.status());
    RawAnswer answer =
        said(
            new Row(
                failing.what(),
                RawRequest.legacy(
                    "old",
                    session,
                    RawRequest.legacyBody("\"x\"", "tools/call", "{\"name\":\"echo\"}")),
                200,
                -31000 - failing.status(),
                "\"x\""));
    assertThat(answer.json().at("/error/data/reason").asText()).isNotBlank();
    assertThat(old.seen("tools/call")).hasSize(1);
  }

  @Test
  void tellsTheSameWhileItIsBeingAskedWhatItSpeaks() {
    up.on("server/discover", Scripts.hang());
    takeAnother("300ms");
    RawRequest call = RawRequest.call("one", "7", "echo", "{}");
    said(new Row("says nothing", call, 504, -31504, "7"));
    takeAnother("5s");
    up.on("server/discover", Scripts.reset());
    said(new Row("resets", call, 502, -31502, "7"));
    up.on("server/discover", Scripts.status(500));
    said(new Row("has a bad day", call, 502, -31502, "7"));
    up.forget();
    assertThat(RawCaller.ask(road, call).status()).as("asked again").isEqualTo(200);
  }

  @Test
  void cannotBeReachedAndIsThenLeftAloneForAWhile() {
    String down = "http://127.0.0.1:1/mcp";
    road.reload(FAILING.formatted(down, down, fresh++, "5s"));
    RawRequest call = RawRequest.call("one", "7", "echo", "{}");
    said(new Row("down", call, 502, -31502, "7"));
    RawAnswer answer = RawCaller.ask(road, call);
    for (int i = 0; i < 20 && answer.status() == 502; i++) {
      answer = RawCaller.ask(road, call);
    }
    RawAnswer shed = said(new Row("shed", call, 503, -31503, "7"));
    assertThat(shed.json().at("/error/data/reason").asText()).contains("left alone");
  }

  @Test
  void isPassedOnWhereItAnswersWithAnErrorOfItsOwn() {
    String error =
        "{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":%d,\"message\":\"no\",\"data\":{\"a\":1.0}}}";
    RawRequest call = RawRequest.call("one", "7", "echo", "{}");
    int[][] passed = {{-32603, 500, 502}, {-32602, 200, 200}, {-32602, 400, 200}, {4711, 200, 200}};
    for (int[] row : passed) {
      up.on("tools/call", Scripts.status(row[1], "", error.formatted(row[0])));
      RawAnswer answer = RawCaller.ask(road, call);
      assertThat(answer.status()).as(answer.text()).isEqualTo(row[2]);
      if (row[2] == 200) {
        assertThat(answer.text()).isEqualTo(error.formatted(row[0]).replace("$id", "7"));
      }
    }
    up.on("tools/call", Scripts.status(404, "", error.formatted(-32601)));
    assertThat(RawCaller.ask(road, call).status()).isEqualTo(404);
    up.on("tools/call", Scripts.status(400, "", error.formatted(-32021)));
    assertThat(RawCaller.ask(road, call).status()).isEqualTo(400);
  }

  @Test
  void keepsToItselfWhatConcernsTheHopBehindIt() {
    String error =
        "{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":%d,\"message\":\"detail\"}}";
    for (int code : new int[] {-32020, -32022}) {
      up.on("tools/call", Scripts.status(400, "", error.formatted(code)));
      RawAnswer answer =
          said(
              new Row("code " + code, RawRequest.call("one", "7", "echo", "{}"), 200, -32603, "7"));
      assertThat(answer.text()).doesNotContain("detail");
    }
  }

  @Test
  void neverAnswersWithAnIdThatIsNull() {
    String error =
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32000,\"message\":\"x\"}}";
    up.on("tools/call", Scripts.status(400, "", error));
    assertThat(RawCaller.ask(road, RawRequest.call("one", "7", "echo", "{}")).text())
        .contains("\"id\":7,");
    String session = RawCaller.session(road, "old", "2025-11-25");
    old.on("tools/call", Scripts.status(400, "", error));
    String body = RawRequest.legacyBody("7", "tools/call", "{\"name\":\"echo\"}");
    assertThat(RawCaller.ask(road, RawRequest.legacy("old", session, body)).text())
        .contains("\"id\":7,");
  }

  @Test
  void isToldOnTheStreamWhereThatIsOpenAlready() {
    mustSayOnTheStream(Scripts.hangInStream(Scripts.progress(1)), 504);
    String large = Scripts.RESULT.replace("served", "x".repeat(ANSWER_LIMIT));
    mustSayOnTheStream(Scripts.events(Scripts.progress(1), large), 502);
    mustSayOnTheStream(Scripts.lines(Scripts.progress(1), large), 502);
  }

  private void mustSayOnTheStream(Script script, int status) {
    up.on("tools/call", script);
    waitForLittle(status);
    try (RawCaller caller = RawCaller.to(road)) {
      caller.send(RawRequest.call("one", "7", "echo", "{}")).head();
      assertThat(caller.status()).isEqualTo(200);
      assertThat(caller.data()).isEqualTo(Scripts.progress(1));
      assertThat(RawAnswer.json(caller.data()).at("/error/code").asInt())
          .isEqualTo(-31000 - status);
      caller.end();
    }
  }

  @Test
  void givesNobodyTheAnswerOfSomebodyElse() {
    up.on(
        "tools/call",
        (request, line) -> {
          line.json(Scripts.RESULT);
          line.json(Scripts.RESULT);
        });
    for (int i = 0; i < 10; i++) {
      RawAnswer answer =
          RawCaller.ask(road, RawRequest.call("one", Integer.toString(i), "echo", "{}"));
      if (answer.status() == 200) {
        assertThat(answer.text()).isEqualTo(Scripts.RESULT.replace("$id", Integer.toString(i)));
      } else {
        assertThat(answer.code()).isEqualTo(-31502);
      }
    }
  }

  @Test
  void isServedOnceWhereItSaysMoreThanItPromised() {
    up.on("tools/call", Scripts.overlong(Scripts.RESULT));
    assertThat(RawCaller.ask(road, RawRequest.call("one", "7", "echo", "{}")).text())
        .isEqualTo(Scripts.RESULT.replace("$id", "7"));
  }
}
