package dev.turnpike.component;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What budgets say in answers, and what becomes of one that outgrows them. */
class BudgetsInAnswersTest {
  private FakeUpstream modern;
  private FakeUpstream legacy;
  private @Nullable Road opened;

  @BeforeEach
  void upstreams() {
    modern = FakeUpstream.modern();
    legacy = FakeUpstream.legacy("2025-11-25");
  }

  @AfterEach
  void close() {
    road().close();
    modern.close();
    legacy.close();
  }

  private void open(String budget) {
    opened =
        Road.serving(
            """
            upstreams:
              one: { mcp: { url: "%s", revision: modern } }
              old: { mcp: { url: "%s", revision: legacy } }
            endpoints:
              one: { mcp: { upstreams: [one] }, anonymous: true }
              old: { mcp: { upstreams: [old] }, anonymous: true }
            rules:
              - { name: all, allow: {} }
            budgets:
              - %s
            """
                .formatted(modern.url(), legacy.url(), budget));
  }

  private Road road() {
    return requireNonNull(opened);
  }

  private void using(int tokens) {
    String usage = "\"_meta\":{\"usage\":{\"input_tokens\":0,\"output_tokens\":" + tokens + "}}";
    modern.on(
        "tools/call",
        Scripts.json(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"complete\",\"content\":[],"
                + usage
                + "}}"));
    legacy.on(
        "tools/call",
        Scripts.json("{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"content\":[]," + usage + "}}"));
  }

  private RawAnswer modern(String endpoint) {
    return RawCaller.ask(road(), RawRequest.call(endpoint, "7", "t", "{}"));
  }

  private RawAnswer legacy(String endpoint) {
    return RawCaller.ask(
        road(),
        RawRequest.legacy(
            endpoint,
            RawCaller.session(road(), endpoint, "2025-11-25"),
            RawRequest.legacyBody("7", "tools/call", "{\"name\":\"t\",\"arguments\":{}}")));
  }

  private static JsonNode said(RawAnswer answer) {
    String text = answer.text();
    String json = text.startsWith("{") ? text : text.substring(text.indexOf("data: {") + 6);
    return RawAnswer.json(json.lines().findFirst().orElseThrow());
  }

  private static long remaining(RawAnswer answer) {
    JsonNode budgets = said(answer).path("result").path("_meta").path("dev.turnpike/budgets");
    assertThat(budgets.get(0).path("budget").asText()).isEqualTo("day");
    assertThat(budgets.get(0).path("limit").asLong()).isEqualTo(10_000);
    return budgets.get(0).path("remaining").asLong();
  }

  @Test
  void sayWhatIsLeftAfterTheCallInEveryCell() {
    open("{ name: day, limit: 10000, window: day }");
    using(1_000);
    assertThat(remaining(modern("one"))).isEqualTo(9_000);
    assertThat(remaining(modern("old"))).isEqualTo(8_000);
    assertThat(remaining(legacy("one"))).isEqualTo(7_000);
    assertThat(remaining(legacy("old"))).isEqualTo(6_000);
  }

  @Test
  void sayNothingWhereNoBudgetCounts() {
    open("{ name: day, limit: 10000, window: day, match: { tools: [other] } }");
    using(1_000);
    assertThat(modern("one").text()).doesNotContain("dev.turnpike");
    road().close();
    open("{ name: day, limit: 10000, window: day, mode: observe }");
    assertThat(modern("one").text()).doesNotContain("dev.turnpike");
  }

  @Test
  void letAnAnswerFinishThatOutgrowsThem() {
    open("{ name: day, limit: 10000, window: day }");
    using(30_000);
    assertThat(remaining(modern("one"))).isZero();
    assertThat(modern("one").status()).as("the debt is carried").isEqualTo(429);
  }

  @Test
  void cutAnAnswerThatOutgrowsThemWhereTheyAreToldTo() {
    open("{ name: day, limit: 10000, window: day, outgrown: cut }");
    using(9_000);
    assertThat(remaining(modern("one"))).isEqualTo(1_000);
    using(3_000);
    for (RawAnswer cut : new RawAnswer[] {modern("old"), legacy("one")}) {
      if (cut.status() == 429) {
        continue;
      }
      assertThat(said(cut).path("error").path("code").asInt()).isEqualTo(-31429);
      assertThat(said(cut).path("error").path("message").asText()).contains("larger than what");
      assertThat(cut.text()).doesNotContain("content");
    }
    assertThat(modern("one").status()).as("what the upstream used is used").isEqualTo(429);
  }
}
