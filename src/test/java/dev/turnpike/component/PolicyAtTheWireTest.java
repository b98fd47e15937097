package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import org.junit.jupiter.api.Test;

/** What rules and budgets refuse, and how both eras are told. */
class PolicyAtTheWireTest extends Wire {
  private static final String RULES =
      """
      upstreams:
        one: { mcp: { url: "%1$s" } }
        old: { mcp: { url: "%2$s" } }
      endpoints:
        one: { mcp: { upstreams: [one] }, anonymous: true }
        old: { mcp: { upstreams: [old] }, anonymous: true }
      rules:
        - name: tools
          allow: { tools: [echo, secret, paid, courteous] }
        - name: no-secrets
          deny: { tools: [secret] }
        - name: small-payments
          allow: { tools: [pay] }
          when: 'args.amount <= 100'
        - name: files
          allow: { resources: ["file:///open/**"], prompts: [hello] }
      budgets:
        - name: paid
          match: { tools: [paid] }
          limit: 1
          unit: calls
          window: 1h
        - name: courtesy
          match: { tools: [courteous] }
          limit: 1
          unit: calls
          window: 1h
          over: result
      """;

  @Override
  Road start() {
    return Road.serving(RULES.formatted(up.url(), old.url()));
  }

  private RawRequest legacy(String body) {
    return RawRequest.legacy("old", RawCaller.session(road, "old", "2025-11-25"), body);
  }

  private RawRequest legacyCall(String tool, String arguments) {
    return legacy(
        RawRequest.legacyBody(
            "7", "tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}"));
  }

  @Test
  void answersADeniedToolLikeOneThatDoesNotExist() {
    for (String tool : new String[] {"secret", "never-heard-of"}) {
      RawAnswer modern =
          refused(new Row(tool, RawRequest.call("one", "7", tool, "{}"), 200, -32602, "7"));
      RawAnswer legacy = refused(new Row(tool, legacyCall(tool, "{}"), 200, -32602, "7"));
      for (RawAnswer answer : new RawAnswer[] {modern, legacy}) {
        assertThat(answer.json().at("/error/message").asText()).isEqualTo("Unknown tool: " + tool);
        assertThat(answer.json().at("/error/data").isMissingNode()).isTrue();
        assertThat(answer.text()).doesNotContain("no-secrets");
      }
    }
  }

  @Test
  void answersHiddenPromptsAndResourcesInTheirOwnWords() {
    RawAnswer prompt =
        refused(
            new Row(
                "prompt",
                RawRequest.modern("one", "7", "prompts/get", "\"name\":\"p\"")
                    .with("Mcp-Name", "p"),
                200,
                -32602,
                "7"));
    assertThat(prompt.json().at("/error/message").asText()).isEqualTo("Unknown prompt: p");
    String uri = "file:///shut/a";
    RawAnswer resource =
        refused(
            new Row(
                "resource",
                RawRequest.modern("one", "7", "resources/read", "\"uri\":\"" + uri + "\"")
                    .with("Mcp-Name", uri),
                200,
                -32602,
                "7"));
    assertThat(resource.json().at("/error/data/uri").asText()).isEqualTo(uri);
    refused(
        new Row(
            "subscription",
            legacy(RawRequest.legacyBody("7", "resources/subscribe", "{\"uri\":\"" + uri + "\"}")),
            200,
            -32602,
            "7"));
    refused(
        new Row(
            "completion",
            RawRequest.modern(
                "one",
                "7",
                "completion/complete",
                "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"p\"},\"argument\":{}"),
            200,
            -32602,
            "7"));
  }

  @Test
  void doesNotLetAPathClimbOutOfWhatARuleAllows() {
    for (String uri :
        new String[] {"file:///open/../shut", "file:///open/%2e%2e/shut", "file:///open/a/.."}) {
      RawAnswer answer =
          RawCaller.ask(
              road,
              RawRequest.modern("one", "7", "resources/read", "\"uri\":\"" + uri + "\"")
                  .with("Mcp-Name", uri));
      assertThat(answer.code()).as(uri).isEqualTo(-32602);
    }
    assertThat(up.seen()).isEmpty();
  }

  @Test
  void refusesArgumentsWithAToolResultThatNamesThem() {
    for (String arguments :
        new String[] {"{\"amount\":101}", "{\"amount\":1e9}", "{}", "{\"amount\":\"1\"}"}) {
      JsonNode modern =
          refused(new Row(arguments, RawRequest.call("one", "7", "pay", arguments), 200, 0)).json();
      JsonNode legacy = refused(new Row(arguments, legacyCall("pay", arguments), 200, 0)).json();
      for (JsonNode answer : new JsonNode[] {modern, legacy}) {
        assertThat(answer.path("id").isInt()).isTrue();
        assertThat(answer.at("/result/isError").asBoolean()).isTrue();
        assertThat(answer.at("/result/content/0/type").asText()).isEqualTo("text");
        assertThat(answer.at("/result/content/0/text").asText())
            .contains("amount")
            .doesNotContain("small-payments");
      }
      assertThat(modern.at("/result/resultType").asText()).isEqualTo("complete");
      assertThat(legacy.at("/result/resultType").isMissingNode()).isTrue();
    }
    RawAnswer good = RawCaller.ask(road, RawRequest.call("one", "7", "pay", "{\"amount\":100.0}"));
    assertThat(good.json().at("/result/isError").isMissingNode()).isTrue();
  }

  @Test
  void saysThatABudgetIsSpentInHeadAndBody() {
    RawAnswer served = RawCaller.ask(road, RawRequest.call("one", "7", "paid", "{}"));
    assertThat(served.status()).isEqualTo(200);
    assertThat(served.fields().first("ratelimit-policy"))
        .isEqualTo("\"paid\";q=1;w=3600;qu=\"calls\"");
    assertThat(served.fields().first("ratelimit")).startsWith("\"paid\";r=0;t=");
    road.settle();
    up.forget();

    RawAnswer modern =
        refused(new Row("modern", RawRequest.call("one", "7", "paid", "{}"), 429, -31429, "7"));
    RawAnswer legacy = refused(new Row("legacy", legacyCall("paid", "{}"), 429, -31429, "7"));
    for (RawAnswer answer : new RawAnswer[] {modern, legacy}) {
      assertThat(Integer.parseInt(answer.fields().first("retry-after"))).isBetween(1, 3600);
      assertThat(answer.fields().all("ratelimit-policy"))
          .containsExactly("\"paid\";q=1;w=3600;qu=\"calls\"");
      assertThat(answer.fields().all("ratelimit"))
          .singleElement()
          .asString()
          .startsWith("\"paid\";r=0;t=");
      JsonNode data = answer.json().at("/error/data");
      assertThat(data.path("budget").asText()).isEqualTo("paid");
      assertThat(data.path("limit").asInt()).isEqualTo(1);
      assertThat(data.path("remaining").asInt()).isZero();
      assertThat(data.path("resetSeconds").asInt()).isBetween(1, 3600);
    }
    assertThat(RawCaller.ask(road, RawRequest.modern("one", "1", "tools/list", "")).status())
        .as("listing is never over budget")
        .isEqualTo(200);
  }

  @Test
  void saysThatABudgetIsSpentInAResultWhereTheAdministratorWantsThat() {
    RawCaller.ask(road, RawRequest.call("one", "7", "courteous", "{}"));
    road.settle();
    up.forget();
    RawAnswer modern =
        refused(new Row("modern", RawRequest.call("one", "\"i\"", "courteous", "{}"), 200, 0));
    RawAnswer legacy = refused(new Row("legacy", legacyCall("courteous", "{}"), 200, 0));
    assertThat(modern.text()).contains("\"id\":\"i\",");
    for (RawAnswer answer : new RawAnswer[] {modern, legacy}) {
      assertThat(answer.json().at("/result/isError").asBoolean()).isTrue();
      assertThat(answer.json().at("/result/content/0/text").asText()).contains("courtesy");
    }
  }

  @Test
  void givesACallBackThatNobodyGot() {
    String down =
        RULES
            .formatted("http://127.0.0.1:1/mcp", old.url())
            .replace(
                "url: \"http://127.0.0.1:1/mcp\"",
                "url: \"http://127.0.0.1:1/mcp\", revision: modern");
    try (Road lonely = Road.serving(down)) {
      for (int i = 0; i < 2; i++) {
        RawAnswer answer = RawCaller.ask(lonely, RawRequest.call("one", "7", "paid", "{}"));
        assertThat(answer.status()).as("not 429").isEqualTo(502);
      }
    }
  }
}
