package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.rpc.Payload;
import dev.turnpike.testkit.Awkward;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.LoudLog;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RecordedExchanges.Recorded;
import dev.turnpike.testkit.Road;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

/**
 * One road before a modern and a legacy upstream, shared by the tests of a class. After each test
 * everything that began must have ended once, with nothing left open.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Wire {
  static final String FILE =
      """
      upstreams:
        one: { mcp: { url: "%1$s", timeout: 5s } }
        old: { mcp: { url: "%2$s", timeout: 5s } }
      endpoints:
        one: { mcp: { upstreams: [one] }, anonymous: true }
        other: { mcp: { upstreams: [one] }, anonymous: true }
        old: { mcp: { upstreams: [old] }, anonymous: true }
        older: { mcp: { upstreams: [old] }, anonymous: true }
        shut: { mcp: { upstreams: [one] } }
      rules:
        - name: all
          allow: { endpoints: ["*"] }
      """;

  final FakeUpstream up = FakeUpstream.modern();
  final FakeUpstream old = FakeUpstream.legacy("2025-11-25");
  final Road road = start();
  private final LoudLog log = new LoudLog();

  Road start() {
    return Road.serving(FILE.formatted(up.url(), old.url()));
  }

  @AfterEach
  void settle() {
    road.settle();
    log.mustBeQuiet();
    up.forget();
    old.forget();
  }

  @AfterAll
  void close() {
    log.close();
    road.close();
    up.close();
    old.close();
  }

  /** Asks, and expects the refusal; no upstream may have been asked for it. */
  RawAnswer refused(Row row) {
    RawAnswer answer = said(row);
    assertThat(up.seen()).isEmpty();
    assertThat(old.seen().stream().filter(s -> !s.rpcMethod().equals("initialize"))).isEmpty();
    return answer;
  }

  /** Asks, and expects the refusal, and exactly one outcome. */
  RawAnswer said(Row row) {
    List<Recorded> all = road.exchanges().all();
    int before = all.size();
    RawAnswer answer = RawCaller.ask(road, row.request());
    assertThat(answer.status()).as(row + ": " + answer.text()).isEqualTo(row.status());
    if (row.code() != 0) {
      mustSay(answer, row.code(), row.id());
    }
    Eventually.holds(
        "an outcome", () -> all.size() == before + 1 && !all.get(before).outcomes().isEmpty());
    assertThat(all.get(before).outcomes()).singleElement().isInstanceOf(Outcome.TurnedAway.class);
    return answer;
  }

  static void mustSay(RawAnswer answer, int code, String id) {
    assertThat(answer.fields().first("content-type")).isEqualTo("application/json");
    JsonNode json = answer.json();
    assertThat(json.path("jsonrpc").asText()).isEqualTo("2.0");
    assertThat(json.path("error").path("code").asInt()).as(answer.text()).isEqualTo(code);
    assertThat(json.path("error").path("message").asText()).isNotBlank();
    if (id.isEmpty()) {
      assertThat(json.has("id")).as(answer.text()).isFalse();
    } else {
      assertThat(answer.text()).contains("\"id\":" + id + ",");
    }
  }

  /** Values that a caller may say. */
  static Stream<String> asked() {
    return Awkward.values().stream();
  }

  /** Values that an upstream may say. */
  static Stream<String> answered() {
    return Awkward.answers().stream();
  }

  // the texts are too long for a message that shows both
  static void mustEqual(Payload actual, Payload expected) {
    if (!actual.equals(expected)) {
      String is = actual.text();
      String wanted = expected.text();
      int at = 0;
      while (at < Math.min(is.length(), wanted.length()) && is.charAt(at) == wanted.charAt(at)) {
        at++;
      }
      assertThat(is.substring(at, Math.min(is.length(), at + 80)))
          .as("from character " + at)
          .isEqualTo(wanted.substring(at, Math.min(wanted.length(), at + 80)));
    }
  }
}
