package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may ask an agent for what, how much of it, and what its card says. */
class AgentRulesAtTheWireTest extends TravelWire {
  private static final String HI = "{\"text\":\"hi\"}";

  @Test
  void anOperationThatNoRuleAllowsIsForbidden() {
    RawAnswer answer = ask(post("readers", send("1", HI)));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo(-32000);
    assertThat(answer.json().at("/error/data/0/reason").asText()).isEqualTo("POLICY_DENIED");
    assertThat(answer.json().at("/error/data/0/domain").asText()).isEqualTo("turnpike");
    assertThat(agent.seen("SendMessage")).isEmpty();
    assertThat(ask(post("travel", send("1", HI))).status()).isEqualTo(200);
    RawAnswer read = ask(post("readers", rpc("1", "GetTask", "{\"id\":\"t1\"}")));
    assertThat(read.json().at("/result/id").asText()).isEqualTo("t1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"data\":{\"amount\":100}}|200",
        "{\"text\":\"x\"},{\"data\":{\"amount\":1}},{\"data\":{\"amount\":2}}|200",
        "{\"data\":{\"amount\":101}}|403",
        "{\"data\":{\"amount\":1}},{\"data\":{\"amount\":101}}|403",
        "{\"data\":{\"amount\":1}},{\"data\":7}|403",
        "{\"data\":[{\"amount\":1}]}|403",
        "{\"data\":null}|403",
        "{\"text\":\"pay 1\"}|403"
      })
  void everyDataPartMustSatisfyTheRule(String parts, int status) {
    RawAnswer answer = ask(post("payers", send("1", parts)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(agent.seen("SendMessage")).hasSize(status == 200 ? 1 : 0);
  }

  @Test
  void whoHasNoIdentityIsTurnedAwayButSeesTheCard() {
    assertThat(ask(post("shut", send("1", HI))).status()).isEqualTo(401);
    assertThat(ask(post("shut/", send("1", HI))).status()).isEqualTo(401);
    RawAnswer card = ask(get("/a2a/shut/.well-known/agent-card.json"));
    assertThat(card.status()).isEqualTo(200);
    assertThat(card.json().at("/securitySchemes/turnpike/httpAuthSecurityScheme/scheme").asText())
        .isEqualTo("Bearer");
    assertThat(ask(get("/a2a/shut/.well-known/agent-card.json/x")).status()).isEqualTo(401);
  }

  @Test
  void oneBudgetSpansToolsAndAgents() {
    RawRequest tool = RawRequest.call("tools", "1", "echo", "{}");
    assertThat(ask(tool).status()).isEqualTo(200);
    assertThat(ask(post("spent", send("1", HI))).status()).isEqualTo(200);
    RawAnswer over = ask(post("spent", send("2", HI)));
    assertThat(over.status()).isEqualTo(429);
    assertThat(over.code()).isEqualTo(-32000);
    assertThat(over.json().at("/error/data/0/reason").asText()).isEqualTo("QUOTA_EXCEEDED");
    assertThat(over.json().at("/error/data/0/metadata/budget").asText()).isEqualTo("both");
    assertThat(over.json().at("/error/data/1/@type").asText()).endsWith("RetryInfo");
    assertThat(over.fields().has("retry-after")).isTrue();
    assertThat(over.fields().first("ratelimit")).startsWith("\"both\";r=0");
    assertThat(ask(tool).status()).isEqualTo(429);
    // who has begun something may still end it
    agent.on("CancelTask", Scripts.json(answer(TASK)));
    assertThat(ask(post("spent", rpc("3", "CancelTask", "{\"id\":\"t1\"}"))).status())
        .isEqualTo(200);
  }

  @Test
  void theCardNamesUsAndNobodyElse() {
    String path = "/a2a/travel/.well-known/agent-card.json";
    RawAnswer card = ask(get(path).with("A2A-Version", "1.0"));
    assertThat(card.status()).isEqualTo(200);
    assertThat(card.json().path("name").asText()).isEqualTo("Travel");
    assertThat(card.json().path("supportedInterfaces"))
        .singleElement()
        .satisfies(one ->
            assertThat(one.path("url").asText()).isEqualTo("http://localhost:8080/a2a/travel"));
    assertThat(card.json().at("/capabilities/streaming").asBoolean()).isTrue();
    assertThat(card.json().at("/capabilities/pushNotifications").asBoolean()).isFalse();
    assertThat(card.text()).doesNotContain("127.0.0.1").doesNotContain("signature");
    assertThat(card.fields().first("vary")).contains("A2A-Version");
    String etag = card.fields().first("etag");
    assertThat(
            ask(get(path).with("A2A-Version", "1.0").with("If-None-Match", "\"x\", W/" + etag))
                .status())
        .isEqualTo(304);
    assertThat(ask(get(path).with("If-None-Match", "\"x\"")).status()).isEqualTo(200);
    assertThat(ask(get(path).method("DELETE")).status()).isEqualTo(405);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.2:%d/rpc, another origin",
    "http://127.0.0.1:1/rpc, another origin",
    "https://127.0.0.1:%d/rpc, another origin",
    "http://user@127.0.0.1:%d/rpc, without an interface"
  })
  void aCardCannotSendUsElsewhere(String url, String told) {
    try (FakeUpstream liar = FakeUpstream.modern()) {
      String base = base(liar);
      int port = Integer.parseInt(base.substring(base.lastIndexOf(':') + 1));
      liar.on("GET", Scripts.json(offering(url.replace("%d", Integer.toString(port)))));
      try (Road other = Road.serving(alone(base))) {
        RawAnswer answer = RawCaller.ask(other, post("a", send("1", HI)));
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.text()).contains(told).doesNotContain("127.0.0");
        assertThat(liar.seen("SendMessage")).isEmpty();
      }
    }
  }

  @Test
  void anAgentOnThisMachineMayCallItselfByAnyOfItsNames() {
    try (FakeUpstream local = FakeUpstream.modern()) {
      String base = base(local);
      local.on("GET", Scripts.json(offering(base.replace("127.0.0.1", "localhost") + "/rpc")));
      local.on("SendMessage", Scripts.json(SENT));
      try (Road other = Road.serving(alone(base))) {
        assertThat(RawCaller.ask(other, post("a", send("1", HI))).status()).isEqualTo(200);
        assertThat(local.only("SendMessage").fields().first("host")).startsWith("127.0.0.1");
      }
    }
  }

  private static String offering(String url) {
    return "{\"name\":\"x\",\"supportedInterfaces\":[{\"url\":\""
        + url
        + "\",\"protocolBinding\":\"JSONRPC\",\"protocolVersion\":\"1.0\"}]}";
  }

  private static String alone(String base) {
    return """
    upstreams: { a: { a2a: { card: "%s/card" } } }
    endpoints: { a: { a2a: { upstream: a }, anonymous: true } }
    rules: [{ name: all, allow: {} }]
    """
        .formatted(base);
  }
}
