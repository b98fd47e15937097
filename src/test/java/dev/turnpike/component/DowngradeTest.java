package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a modern upstream says in words that the caller's revision does not have. */
class DowngradeTest extends OwnRoad {
  private static final String LISTED =
      "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"complete\",\"tools\":[{\"name\":\"echo\","
          + "\"inputSchema\":{\"type\":\"object\",\"properties\":{\"region\":{\"type\":\"string\",\"x-mcp-header\":\"%s\"}}},"
          + "\"outputSchema\":{\"anyOf\":[{\"type\":\"object\"},{\"type\":\"string\"}]}}],\"ttlMs\":1,\"cacheScope\":\"public\"}}";

  @BeforeEach
  void thereIsNoOtherEra() {
    up.on("initialize", Scripts.status(400));
  }

  private String open(String revision) {
    RawAnswer answer =
        RawCaller.ask(
            road,
            RawRequest.post(
                "one",
                RawRequest.legacyBody(
                    "0",
                    "initialize",
                    "{\"protocolVersion\":\""
                        + revision
                        + "\",\"capabilities\":{\"sampling\":{},\"roots\":{}},"
                        + "\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}")));
    return String.valueOf(answer.fields().first("mcp-session-id"));
  }

  private JsonNode ask(String session, String method, String params) {
    RawRequest request =
        RawRequest.legacy("one", session, RawRequest.legacyBody("1", method, params));
    return RawCaller.ask(road, request).json();
  }

  @Test
  void turnsALinkInAPromptIntoText() {
    up.on(
        "prompts/get",
        Scripts.json(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"complete\",\"messages\":[{\"role\":\"user\","
                + "\"content\":{\"type\":\"resource_link\",\"uri\":\"a://b\",\"name\":\"B\"}}]}}"));
    JsonNode old = ask(open("2025-03-26"), "prompts/get", "{\"name\":\"p\"}");
    assertThat(old.at("/result/messages/0/content").toString())
        .isEqualTo("{\"type\":\"text\",\"text\":\"B: a://b\"}");
    JsonNode newer = ask(open("2025-06-18"), "prompts/get", "{\"name\":\"p\"}");
    assertThat(newer.at("/result/messages/0/content/type").asText()).isEqualTo("resource_link");
  }

  @Test
  void asksNoModelWhatItsRevisionCannotSay() {
    up.on(
        "tools/call",
        Scripts.json(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"input_required\",\"inputRequests\":{\"k\":"
                + "{\"method\":\"sampling/createMessage\",\"params\":{\"maxTokens\":1,\"messages\":[{\"role\":\"user\","
                + "\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]}]}}}}}"));
    JsonNode answer = ask(open("2025-06-18"), "tools/call", "{\"name\":\"echo\"}");
    assertThat(answer.at("/result/isError").asBoolean()).isTrue();
    assertThat(answer.at("/result/content/0/text").asText()).contains("several parts");
  }

  @Test
  void asksNothingWhereThereIsTooMuchToAsk() {
    StringBuilder inputs = new StringBuilder();
    for (int i = 0; i < 33; i++) {
      inputs
          .append(i == 0 ? "" : ",")
          .append("\"k")
          .append(i)
          .append("\":{\"method\":\"roots/list\"}");
    }
    up.on(
        "tools/call",
        Scripts.json(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"input_required\",\"inputRequests\":{"
                + inputs
                + "}}}"));
    JsonNode answer = ask(open("2025-11-25"), "tools/call", "{\"name\":\"echo\"}");
    assertThat(answer.at("/result/content/0/text").asText()).contains("more than 32");
  }

  @Test
  void looksAtTheToolAgainWhereTheFieldsHaveChanged() {
    up.on("tools/list", Scripts.json(LISTED.formatted("Region")));
    String session = open("2025-11-25");
    String call = "{\"name\":\"echo\",\"arguments\":{\"region\":\"eu\"}}";
    assertThat(ask(session, "tools/call", call).has("result")).isTrue();
    up.on("tools/list", Scripts.json(LISTED.formatted("Area")));
    up.on(
        "tools/call",
        (request, line) -> {
          if (request.fields().has("mcp-param-area")) {
            line.json(Scripts.RESULT);
          } else {
            line.whole(
                400,
                "application/json",
                "{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":-32020,\"message\":\"m\"}}",
                "");
          }
        });
    assertThat(ask(session, "tools/call", call).has("result")).isTrue();
    up.on(
        "tools/call",
        Scripts.status(
            400,
            "",
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":-32020,\"message\":\"m\"}}"));
    assertThat(ask(session, "tools/call", call).at("/error/code").asInt()).isEqualTo(-32603);
  }

  @Test
  void wrapsStructuredContentAsTheSchemaIsWrappedAlsoBeforeAListAndAfterAReload() {
    up.on("tools/list", Scripts.json(LISTED.formatted("Region")));
    up.on(
        "tools/call",
        Scripts.json(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"complete\",\"content\":[],"
                + "\"structuredContent\":{\"a\":1}}}"));
    String session = open("2025-11-25");
    String wrapped = "{\"result\":{\"a\":1}}";
    assertThat(ask(session, "tools/call", "{\"name\":\"echo\"}").at("/result/structuredContent"))
        .hasToString(wrapped);
    road.reload(file().replace("timeout: 5s", "timeout: 6s"));
    assertThat(ask(session, "tools/call", "{\"name\":\"echo\"}").at("/result/structuredContent"))
        .hasToString(wrapped);
  }

  @Test
  void takesAnAnswerOutOfABatch() {
    String batch =
        "[{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}},"
            + Scripts.RESULT
            + "]";
    old.on("tools/call", Scripts.json(batch));
    assertThat(RawCaller.ask(road, RawRequest.call("old", "1", "echo", "{}")).code()).isZero();
    old.on("tools/call", Scripts.events(batch));
    assertThat(RawCaller.ask(road, RawRequest.call("old", "1", "echo", "{}")).code()).isZero();
    old.on("tools/call", Scripts.json("[" + Scripts.RESULT));
    assertThat(RawCaller.ask(road, RawRequest.call("old", "1", "echo", "{}")).status())
        .isEqualTo(502);
  }
}
