package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.account.By;
import dev.turnpike.assembly.Settings;
import dev.turnpike.rpc.JsonPointer;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.RecordedExchanges;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.tokens.Reporting;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What calls come to in tokens: what budgets take for it, and what the ledger holds. */
class TokensAtTheWireTest {
  private FakeUpstream modern;
  private FakeUpstream legacy;
  private Road road;

  @BeforeEach
  void open() {
    modern = FakeUpstream.modern();
    legacy = FakeUpstream.legacy("2025-11-25");
    // a character is a token, so that figures are seen at once
    road =
        road(
            Settings.DEFAULT.counting(
                new Settings.Exact(String::length, 1, Duration.ofSeconds(20))));
  }

  private Road road(Settings settings) {
    return Road.serving(
        """
        upstreams:
          one: { mcp: { url: "%s", revision: modern } }
          old: { mcp: { url: "%s", revision: legacy } }
        endpoints:
          one: { mcp: { upstreams: [one] }, anonymous: true }
          old: { mcp: { upstreams: [old] }, anonymous: true }
          both: { mcp: { upstreams: [one, old] }, anonymous: true }
        rules:
          - { name: all, allow: {} }
        budgets:
          - { name: tokens, limit: 100000, window: day }
        """
            .formatted(modern.url(), legacy.url()),
        settings);
  }

  @AfterEach
  void close() {
    road.close();
    modern.close();
    legacy.close();
  }

  private static String result(String members) {
    return "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"complete\","
        + members
        + "}}";
  }

  private void both(String members) {
    modern.on("tools/call", Scripts.json(result(members)));
    legacy.on(
        "tools/call",
        Scripts.json("{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{" + members + "}}"));
  }

  private RawAnswer modern(String endpoint, String tool) {
    return RawCaller.ask(road, RawRequest.call(endpoint, "7", tool, "{\"a\":1}"));
  }

  private RawAnswer legacy(String endpoint, String tool) {
    return RawCaller.ask(
        road,
        RawRequest.legacy(
            endpoint,
            RawCaller.session(road, endpoint, "2025-11-25"),
            RawRequest.legacyBody(
                "7", "tools/call", "{\"name\":\"" + tool + "\",\"arguments\":{\"a\":1}}")));
  }

  private String usage(By... by) {
    try {
      return road.gateway().ledger().usage(Set.of(by), Optional.empty(), Optional.empty()).json();
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private void holds(String total) {
    Eventually.holds(total + " is in the ledger, not " + usage(), () -> usage().contains(total));
  }

  @Test
  void areCountedInEveryCell() {
    both("\"content\":[{\"type\":\"text\",\"text\":\"four\"}]");
    modern("one", "t");
    modern("old", "t");
    legacy("one", "t");
    legacy("old", "t");
    modern("both", "one_echo");
    legacy("both", "old_echo");
    // the arguments are 7 characters, the text is 4
    holds("\"calls\":6,\"input\":42,\"output\":24,\"total\":66,\"reported\":0,\"counted\":66");
  }

  @Test
  void areTakenAsReported() {
    both(
        "\"content\":[{\"type\":\"text\",\"text\":\"four\"}],"
            + "\"_meta\":{\"usage\":{\"input_tokens\":100,\"outputTokens\":50}}");
    RawAnswer first = modern("one", "t");
    assertThat(first.fields().first("ratelimit-policy"))
        .isEqualTo("\"tokens\";q=100000;w=86400;qu=\"tokens\"");
    legacy("old", "t");
    holds("\"calls\":2,\"input\":200,\"output\":100,\"total\":300,\"reported\":300,\"counted\":0");
    // what is left: all, but what two calls used, and the estimate of this one
    both("\"content\":[]");
    String left = modern("one", "other").fields().first("ratelimit");
    assertThat(Long.parseLong(left.replaceAll(".*r=(\\d+);.*", "$1")))
        .isBetween(100_000L - 300 - 510, 100_000L - 300 - 500);
  }

  @Test
  void ofWhatFailedAreNone() {
    modern.on(
        "tools/call",
        Scripts.json(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":-32000,\"message\":\"a long one\"}}"));
    modern("one", "t");
    modern.on("tools/call", Scripts.status(500));
    modern("one", "t");
    both("\"isError\":true,\"content\":[{\"type\":\"text\",\"text\":\"no\"}]");
    modern("one", "t");
    // one was an answer with an error, one a failure, and one a result that says what went wrong
    holds("\"calls\":2,\"input\":7,\"output\":2,\"total\":9");
    Eventually.holds(
        "nothing is left reserved",
        () ->
            modern("one", "other")
                .fields()
                .first("ratelimit")
                .matches("\"tokens\";r=99[0-9]{3};.*"));
  }

  @Test
  void areCountedWhenItIsSaidThatTheCallerHasItsAnswer() {
    CountDownLatch gate = new CountDownLatch(1);
    road.close();
    road =
        road(
            Settings.DEFAULT.counting(
                new Settings.Exact(
                    text -> {
                      try {
                        gate.await();
                      } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                      }
                      return text.length();
                    },
                    1,
                    Duration.ofSeconds(20))));
    both("\"content\":[{\"type\":\"text\",\"text\":\"four\"}]");
    modern("one", "t");
    RecordedExchanges.Recorded call = road.exchanges().all().getLast();
    Eventually.holds("it is said", call::wasDelivered);
    assertThat(call.outcomes()).isEmpty();
    gate.countDown();
    holds("\"counted\":11");
  }

  @Test
  void ofAStreamAreThoseOfItsResult() {
    modern.on(
        "tools/call",
        Scripts.events(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":"
                + "{\"progressToken\":1,\"progress\":1,\"message\":\"a long message\"}}",
            result("\"content\":[{\"type\":\"text\",\"text\":\"four\"}]")));
    modern("one", "t");
    holds("\"input\":7,\"output\":4,\"total\":11");
  }

  private void counting(Reporting.Several several) {
    road.close();
    road =
        road(
            Settings.DEFAULT
                .counting(new Settings.Exact(String::length, 1, Duration.ofSeconds(20)))
                .reporting(
                    new Reporting(
                        List.of(JsonPointer.parse("/_meta/cost/in")),
                        List.of(JsonPointer.parse("/_meta/cost/out")),
                        List.of(),
                        several)));
    String said = "\"_meta\":{\"cost\":{\"in\":%d,\"out\":%d},\"usage\":{\"input_tokens\":9}}";
    modern.on(
        "tools/call",
        Scripts.inTurn(
            Scripts.json(
                "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"input_required\","
                    + "\"requestState\":\"s\","
                    + said.formatted(100, 20)
                    + "}}"),
            Scripts.json(result("\"content\":[]," + said.formatted(10, 50)))));
  }

  @ParameterizedTest
  @CsvSource({"LAST, 10, 50", "SUM, 110, 70", "MAX, 100, 50"})
  void ofRoundsThatOneCallTakesAreThoseThatAreSet(Reporting.Several several, int in, int out) {
    counting(several);
    legacy("one", "t");
    holds("\"calls\":1,\"input\":" + in + ",\"output\":" + out + ",");
  }

  @ParameterizedTest
  @CsvSource({"LAST, 10, 50", "SUM, 110, 70", "MAX, 10, 50"})
  void ofRoundsThatTheCallerTakesAreThoseThatAreSet(Reporting.Several several, int in, int out) {
    counting(several);
    modern("one", "t");
    modern("one", "t");
    holds("\"calls\":2,\"input\":" + in + ",\"output\":" + out + ",");
  }

  @Test
  void ofListsAreToldApart() {
    RawCaller.ask(road, RawRequest.modern("one", "1", "tools/list", ""));
    Eventually.holds(
        "definitions are in the ledger",
        () -> usage().matches(".*\"calls\":0,\"input\":0,.*\"definitions\":[1-9][0-9]*.*"));
  }

  @Test
  void ofTheOverspentAreADebtThatOthersMeet() {
    both("\"content\":[],\"_meta\":{\"usage\":{\"input_tokens\":60000,\"output_tokens\":60000}}");
    modern("one", "t");
    Eventually.holds("the budget is spent", () -> modern("one", "t").status() == 429);
    RawAnswer over = modern("one", "t");
    assertThat(over.code()).isEqualTo(-31429);
    assertThat(over.json().at("/error/data/budget").asText()).isEqualTo("tokens");
    assertThat(over.json().at("/error/data/remaining").asLong(-1)).isZero();
    assertThat(over.fields().first("ratelimit")).startsWith("\"tokens\";r=0;t=");
    assertThat(usage(By.LANE)).contains("\"calls\":1,");
  }
}
