package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Script;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Seen;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions of legacy callers before a modern upstream, which has none. */
class BridgedSessionsTest extends OwnRoad {
  private static final String ABLE = "{\"elicitation\":{},\"sampling\":{},\"roots\":{}}";
  private static final String ASKS =
      "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"input_required\","
          + "\"inputRequests\":{\"who\":{\"method\":\"%s\",\"params\":{\"message\":\"Who?\","
          + "\"requestedSchema\":{\"type\":\"object\",\"properties\":{}}}}},"
          + "\"requestState\":\"st\\u0061te\"}}";

  private static final String LIST = RawRequest.legacyBody("1", "tools/list", "{}");

  @BeforeEach
  void thereIsNoOtherEra() {
    up.on("initialize", Scripts.status(400));
  }

  private String open(String capabilities, String revision) {
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
                        + "\",\"capabilities\":"
                        + capabilities
                        + ",\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}")));
    assertThat(answer.json().at("/result/protocolVersion").asText()).isEqualTo(revision);
    return String.valueOf(answer.fields().first("mcp-session-id"));
  }

  private String open() {
    return open(ABLE, "2025-11-25");
  }

  private static RawRequest in(String session, String id, String method, String params) {
    return RawRequest.legacy("one", session, RawRequest.legacyBody(id, method, params));
  }

  private static RawRequest echo(String session, String id) {
    return in(session, id, "tools/call", "{\"name\":\"echo\",\"arguments\":{}}");
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  @Test
  void areOpenedByTurnpikeAndSayInEachRequestWhatTheCallerSaidOnce() {
    String session = open();
    RawAnswer level =
        RawCaller.ask(road, in(session, "1", "logging/setLevel", "{\"level\":\"info\"}"));
    assertThat(level.text()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
    RawAnswer answer =
        RawCaller.ask(
            road,
            in(
                session,
                "\"x\"",
                "tools/call",
                "{\"name\":\"echo\",\"arguments\":{\"n\":1.0},\"_meta\":{\"vendor\":1,"
                    + "\"io.modelcontextprotocol/clientCapabilities\":{\"evil\":{}}},"
                    + "\"requestState\":\"forged\",\"inputResponses\":{}}"));
    assertThat(answer.json().at("/result/content/0/text").asText()).isEqualTo("served");
    assertThat(answer.json().path("result").has("resultType")).isFalse();
    Seen seen = up.only("tools/call");
    assertThat(seen.fields().first("mcp-protocol-version")).isEqualTo("2026-07-28");
    assertThat(seen.fields().first("mcp-method")).isEqualTo("tools/call");
    assertThat(seen.fields().first("mcp-name")).isEqualTo("echo");
    assertThat(seen.fields().has("mcp-session-id")).isFalse();
    JsonNode params = json(seen.text()).path("params");
    assertThat(params.path("arguments").toString()).isEqualTo("{\"n\":1.0}");
    assertThat(params.has("requestState") || params.has("inputResponses")).isFalse();
    JsonNode meta = params.path("_meta");
    assertThat(meta.path("vendor").asInt()).isEqualTo(1);
    assertThat(meta.path("io.modelcontextprotocol/logLevel").asText()).isEqualTo("info");
    assertThat(meta.path("io.modelcontextprotocol/clientCapabilities").toString())
        .isEqualTo("{\"roots\":{},\"sampling\":{},\"elicitation\":{}}");
    assertThat(meta.path("io.modelcontextprotocol/clientInfo").path("name").asText())
        .isEqualTo("c");
  }

  @Test
  void mirrorArgumentsThatTheUpstreamWantsMirrored() {
    RawCaller.ask(
        road,
        in(
            open(),
            "1",
            "tools/call",
            "{\"name\":\"region\",\"arguments\":{\"region\":\"ö\",\"count\":3}}"));
    Seen seen = up.only("tools/call");
    assertThat(seen.fields().first("mcp-param-region")).isEqualTo("=?base64?w7Y=?=");
    assertThat(seen.fields().first("mcp-param-count")).isEqualTo("3");
    assertThat(seen.fields().has("mcp-param-dry-run")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "-32602, 400, -32602",
    "-32601, 404, -32601",
    "-32020, 400, -32603",
    "-32022, 400, -32603",
    "-32021, 400, -32603",
    "-32603, 200, -32603",
  })
  void hearErrorsInBandAndInTheirOwnWords(int code, int status, int told) {
    String session = open();
    up.on(
        "tools/call",
        Scripts.status(
            status,
            "",
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":"
                + code
                + ",\"message\":\"m\",\"data\":{\"requiredCapabilities\":{\"sampling\":{}}}}}"));
    RawAnswer answer = RawCaller.ask(road, echo(session, "1"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.code()).isEqualTo(told);
    if (code == -32021) {
      assertThat(answer.text()).contains("sampling");
    }
  }

  @Test
  void knowAResourceThatIsNotThereByTheCodeOfTheirEra() {
    String session = open();
    up.on(
        "resources/read",
        Scripts.json(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\": -32602 ,\"message\":\"ö none\","
                + "\"data\":{\"uri\":\"a://b\"}}}"));
    RawAnswer answer =
        RawCaller.ask(road, in(session, "1", "resources/read", "{\"uri\":\"a://b\"}"));
    assertThat(answer.code()).isEqualTo(-32002);
    assertThat(answer.json().at("/error/message").asText()).isEqualTo("ö none");
    assertThat(answer.json().at("/error/data/uri").asText()).isEqualTo("a://b");
  }

  @Test
  void getStructuredContentInAnObjectAndTheSchemaThatSaysSo() {
    String session = open();
    up.on(
        "tools/list",
        Scripts.json(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"complete\",\"tools\":["
                + "{\"name\":\"echo\",\"inputSchema\":{\"type\":\"object\"},\"outputSchema\":"
                + "{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/n\"},\"$defs\":{\"n\":"
                + "{\"type\":\"integer\"}}}}],\"ttlMs\":1,\"cacheScope\":\"public\"}}"));
    up.on(
        "tools/call",
        Scripts.json(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"complete\","
                + "\"content\":[],\"structuredContent\":[1,2.0]}}"));
    JsonNode tool =
        RawCaller.ask(road, in(session, "1", "tools/list", "{}")).json().at("/result/tools/0");
    assertThat(tool.at("/outputSchema/type").asText()).isEqualTo("object");
    assertThat(tool.at("/outputSchema/properties/result/items/$ref").asText())
        .isEqualTo("#/properties/result/$defs/n");
    JsonNode result = RawCaller.ask(road, echo(session, "2")).json().path("result");
    assertThat(result.path("structuredContent").toString()).isEqualTo("{\"result\":[1,2.0]}");
    assertThat(result.at("/content/0/text").asText()).isEqualTo("[1,2.0]");
  }

  @Test
  void areAskedOnTheStreamOfTheirCallAndTheUpstreamGetsTheAnswers() {
    String session = open();
    up.on(
        "tools/call",
        Scripts.inTurn(
            Scripts.json(ASKS.formatted("elicitation/create")), Scripts.json(Scripts.RESULT)));
    RawCaller caller = asking(echo(session, "1")).head();
    JsonNode question = json(caller.data());
    assertThat(question.path("method").asText()).isEqualTo("elicitation/create");
    assertThat(question.at("/params/message").asText()).isEqualTo("Who?");
    String answer =
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + question.path("id")
            + ",\"result\":{\"action\":\"accept\",\"content\":{\"n\":1.0}}}";
    assertThat(RawCaller.ask(road, RawRequest.legacy("one", open(), answer)).status())
        .as("of another session, to nobody")
        .isEqualTo(202);
    assertThat(RawCaller.ask(road, RawRequest.legacy("one", session, answer)).status())
        .isEqualTo(202);
    JsonNode served = json(caller.data());
    assertThat(served.path("id").asInt()).isEqualTo(1);
    assertThat(served.at("/result/content/0/text").asText()).isEqualTo("served");
    assertThat(up.seen("tools/call")).hasSize(2);
    Seen again = up.seen("tools/call").get(1);
    assertThat(again.id()).isNotEqualTo("1");
    assertThat(again.text())
        .contains("\"inputResponses\":{\"who\":{\"action\":\"accept\",\"content\":{\"n\":1.0}}}")
        .contains("\"requestState\":\"st\\u0061te\"");
  }

  @Test
  void mayAnswerAnElicitationByAnErrorAndFailACallByTheError() {
    for (String method : new String[] {"elicitation/create", "sampling/createMessage"}) {
      String session = open();
      up.forget();
      thereIsNoOtherEra();
      up.on(
          "tools/call",
          Scripts.inTurn(Scripts.json(ASKS.formatted(method)), Scripts.json(Scripts.RESULT)));
      RawCaller caller = asking(echo(session, "1")).head();
      String answer =
          "{\"jsonrpc\":\"2.0\",\"id\":"
              + json(caller.data()).path("id")
              + ",\"error\":{\"code\":-1,\"message\":\"no\"}}";
      RawCaller.ask(road, RawRequest.legacy("one", session, answer));
      JsonNode last = json(caller.data());
      boolean cancels = method.startsWith("elicitation");
      assertThat(last.at("/result/isError").asBoolean()).isEqualTo(!cancels);
      assertThat(up.seen("tools/call")).hasSize(cancels ? 2 : 1);
      if (cancels) {
        assertThat(up.seen("tools/call").get(1).text()).contains("{\"action\":\"cancel\"}");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"{}, 2025-11-25", "{\"elicitation\":{}}, 2025-03-26"})
  void areNotAskedWhatTheyCannotAnswer(String capabilities, String revision) {
    String session = open(capabilities, revision);
    up.on("tools/call", Scripts.json(ASKS.formatted("elicitation/create")));
    RawAnswer answer = RawCaller.ask(road, echo(session, "1"));
    assertThat(answer.json().at("/result/isError").asBoolean()).isTrue();
    assertThat(answer.text()).contains("elicitation/create");
    assertThat(up.seen("tools/call")).hasSize(1);
  }

  @Test
  void areNotAskedForEver() {
    String session = open();
    up.on("tools/call", Scripts.json(ASKS.formatted("roots/list")));
    RawCaller caller = asking(echo(session, "1")).head();
    for (int round = 1; round <= 8; round++) {
      String question = json(caller.data()).path("id").toString();
      RawCaller.ask(
          road,
          RawRequest.legacy(
              "one",
              session,
              "{\"jsonrpc\":\"2.0\",\"id\":" + question + ",\"result\":{\"roots\":[]}}"));
    }
    assertThat(json(caller.data()).at("/result/isError").asBoolean()).isTrue();
    assertThat(up.seen("tools/call")).hasSize(9);
  }

  @Test
  void getNoToolResultWhereThereWasNoToolCall() {
    String session = open();
    up.on("prompts/get", Scripts.json(ASKS.formatted("no/such")));
    assertThat(RawCaller.ask(road, in(session, "2", "prompts/get", "{\"name\":\"p\"}")).code())
        .isEqualTo(-32603);
  }

  @Test
  void cancelACallByClosingTheUpstreamsStream() {
    String session = open();
    up.on("tools/call", Scripts.hang());
    RawCaller caller = asking(echo(session, "\"c\""));
    Eventually.holds("it is under way", () -> up.seen("tools/call").size() == 1);
    String cancel =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":"
            + "\"c\"}}";
    RawCaller.ask(road, RawRequest.legacy("one", open(), cancel));
    RawCaller.ask(road, RawRequest.legacy("one", session, cancel.replace("\"c\"}", "1}")));
    assertThat(up.seen("tools/call").getFirst().hungUp()).as("other calls").isFalse();
    RawCaller.ask(road, RawRequest.legacy("one", session, cancel));
    Eventually.holds("it is cancelled", () -> up.seen("tools/call").getFirst().hungUp());
    caller.head().end();
    assertThat(up.seen("notifications/cancelled")).isEmpty();
  }

  @Test
  void endWhereTheUpstreamTurnsOutToBeOfTheirOwnEra() {
    String session = open();
    up.on(
        "tools/call",
        Scripts.status(
            400,
            "",
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":-32022,\"message\":\"m\"}}"));
    up.on("server/discover", Scripts.status(404));
    assertThat(RawCaller.ask(road, echo(session, "1")).status()).isEqualTo(404);
    assertThat(RawCaller.ask(road, echo(session, "2")).status()).isEqualTo(404);
  }

  @Test
  void endWhereTheEndpointComesToLeadElsewhere() {
    try (FakeUpstream elsewhere = FakeUpstream.modern()) {
      elsewhere.on("initialize", Scripts.status(400));
      for (String method : new String[] {"tools/list", "resources/subscribe", "GET"}) {
        road.reload(file());
        String session = open();
        road.reload(file().replace(up.url(), elsewhere.url()));
        RawRequest request =
            method.equals("GET")
                ? RawRequest.get("one", session)
                : in(session, "1", method, "{\"uri\":\"a://b\"}");
        assertThat(RawCaller.ask(road, request).status()).as(method).isEqualTo(404);
      }
      assertThat(elsewhere.seen()).isEmpty();
    }
  }

  @Test
  void areNotOpenedForAClientThatSaysTooMuchOfItself() {
    RawAnswer answer =
        RawCaller.ask(
            road,
            RawRequest.post(
                "one",
                RawRequest.legacyBody(
                    "0",
                    "initialize",
                    "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":"
                        + "{\"name\":\""
                        + "x".repeat(17_000)
                        + "\",\"version\":\"1\"}}")));
    assertThat(answer.code()).isEqualTo(-32602);
    assertThat(answer.fields().has("mcp-session-id")).isFalse();
  }

  @Test
  void hearNothingOfInputsWhereNoneCanBeAskedFor() {
    String session = open();
    up.on("tools/list", Scripts.json(ASKS.formatted("roots/list")));
    assertThat(RawCaller.ask(road, RawRequest.legacy("one", session, LIST)).code())
        .isEqualTo(-31502);
  }

  @Test
  void getLinksAsTextWhereTheRevisionHasNone() {
    up.on(
        "tools/call",
        Scripts.json(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"complete\",\"content\":["
                + "{\"type\":\"resource_link\",\"uri\":\"a://b\",\"name\":\"n\"},"
                + "{\"type\":\"text\",\"text\":\"t\"}]}}"));
    JsonNode older = RawCaller.ask(road, echo(open("{}", "2025-03-26"), "1")).json();
    assertThat(older.at("/result/content").toString())
        .isEqualTo(
            "[{\"type\":\"text\",\"text\":\"n: a://b\"},{\"type\":\"text\",\"text\":\"t\"}]");
    JsonNode newer = RawCaller.ask(road, echo(open("{}", "2025-06-18"), "1")).json();
    assertThat(newer.at("/result/content/0/type").asText()).isEqualTo("resource_link");
  }

  @Test
  void keepTheNewerOfTwoSubscriptionsWhenTheOlderIsAcknowledgedLast() {
    String session = open();
    CountDownLatch older = new CountDownLatch(1);
    CountDownLatch changed = new CountDownLatch(1);
    up.on(
        "subscriptions/listen",
        (request, line) -> {
          boolean both = request.text().contains("a://c");
          if (!both) {
            line.await(older);
          }
          line.events();
          line.event(
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\","
                  + "\"params\":{\"notifications\":{\"resourceSubscriptions\":[\"a://b\""
                  + (both ? ",\"a://c\"" : "")
                  + "]},\"_meta\":{}}}");
          if (both) {
            line.await(changed);
            line.event(
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\","
                    + "\"params\":{\"uri\":\"a://c\",\"_meta\":{}}}");
          }
          line.hang();
        });
    RawCaller first = asking(in(session, "1", "resources/subscribe", "{\"uri\":\"a://b\"}"));
    Eventually.holds("it is asked for", () -> up.seen("subscriptions/listen").size() == 1);
    RawCaller.ask(road, in(session, "2", "resources/subscribe", "{\"uri\":\"a://c\"}"));
    older.countDown();
    assertThat(first.answer().text()).contains("\"result\":{}");
    RawCaller stream = asking(RawRequest.get("one", session)).head();
    Eventually.holds(
        "the older one is closed", () -> up.seen("subscriptions/listen").getFirst().hungUp());
    changed.countDown();
    assertThat(stream.data()).contains("a://c");
    end(session, "one");
  }

  private void end(String session, String endpoint) {
    RawCaller.ask(road, RawRequest.get(endpoint, session).method("DELETE"));
  }

  @Test
  void followAnUpstreamThatComesToSpeakTheOtherEra() {
    String session = session();
    old.on("tools/call", Scripts.inTurn(Scripts.json(Scripts.RESULT), refusesTheVersion()));
    assertThat(RawCaller.ask(road, legacyCall(session, 1)).status()).isEqualTo(200);
    old.on("server/discover", Scripts.json(FakeUpstream.DISCOVERED));
    old.on("initialize", Scripts.status(400));
    assertThat(RawCaller.ask(road, legacyCall(session, 2)).status()).isEqualTo(404);
    old.on("tools/call", Scripts.json(Scripts.RESULT));
    String next = session();
    assertThat(RawCaller.ask(road, legacyCall(next, 3)).status()).isEqualTo(200);
    Seen last = old.seen("tools/call").getLast();
    assertThat(last.fields().first("mcp-protocol-version")).isEqualTo("2026-07-28");
  }

  @Test
  void followsAnUpstreamThatComesToSpeakTheOtherEraForAModernCallerToo() {
    RawRequest call = RawRequest.call("old", "1", "echo", "{}");
    old.on("tools/call", Scripts.inTurn(Scripts.json(Scripts.RESULT), refusesTheVersion()));
    assertThat(RawCaller.ask(road, call).status()).isEqualTo(200);
    old.on("server/discover", Scripts.json(FakeUpstream.DISCOVERED));
    assertThat(RawCaller.ask(road, call).status()).isEqualTo(502);
    old.on("tools/call", Scripts.json(Scripts.RESULT));
    assertThat(RawCaller.ask(road, call).status()).isEqualTo(200);
    assertThat(old.seen("tools/call").getLast().fields().has("mcp-session-id")).isFalse();
  }

  private static Script refusesTheVersion() {
    return Scripts.status(
        400, "", "{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":-32022,\"message\":\"m\"}}");
  }

  @Test
  void hearOfChangesAndOfWhatTheySubscribedTo() {
    String session = open();
    CountDownLatch changed = new CountDownLatch(1);
    up.on(
        "subscriptions/listen",
        (request, line) -> {
          line.events();
          line.event(
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\","
                  + "\"params\":{\"notifications\":{\"toolsListChanged\":true"
                  + (request.text().contains("a://b")
                      ? ",\"resourceSubscriptions\":[\"a://b\"]"
                      : "")
                  + "},\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":"
                  + request.id()
                  + "}}}");
          line.await(changed);
          line.event(
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\","
                  + "\"params\":{\"uri\":\"a://b\",\"_meta\":{}}}");
          line.hang();
        });
    RawAnswer taken =
        RawCaller.ask(road, in(session, "1", "resources/subscribe", "{\"uri\":\"a://b\"}"));
    assertThat(taken.text()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
    RawAnswer refused =
        RawCaller.ask(road, in(session, "2", "resources/subscribe", "{\"uri\":\"a://c\"}"));
    assertThat(refused.code()).isEqualTo(-32603);
    RawCaller stream = asking(RawRequest.get("one", session)).head();
    changed.countDown();
    assertThat(stream.data())
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\","
                + "\"params\":{\"uri\":\"a://b\"}}");
    RawAnswer ended = RawCaller.ask(road, RawRequest.get("one", session).method("DELETE"));
    assertThat(ended.status()).isEqualTo(204);
    stream.end();
  }

  @Test
  void refuseAResultOfAKindThatNobodyKnows() {
    up.on(
        "tools/call",
        Scripts.json(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"task\",\"content\":[]}}"));
    RawAnswer answer = RawCaller.ask(road, echo(open(), "1"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.code()).isEqualTo(-31502);
    assertThat(answer.text()).contains("kind of result");
  }

  @Test
  void hearOfChangesAgainHoweverLongTheUpstreamWasAway() {
    String session = open();
    up.on(
        "subscriptions/listen",
        Scripts.inTurn(
            Scripts.status(503),
            Scripts.status(503),
            (_, line) -> {
              line.events();
              line.event(
                  "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\","
                      + "\"params\":{\"notifications\":{\"toolsListChanged\":true},\"_meta\":{}}}");
              line.hang();
            }));
    RawCaller stream = asking(RawRequest.get("one", session)).head();
    assertThat(stream.data()).contains("list_changed");
    assertThat(up.seen("subscriptions/listen")).hasSize(3);
    assertThat(RawCaller.ask(road, RawRequest.get("one", session).method("DELETE")).status())
        .isEqualTo(204);
  }

  @Test
  void ofOneCallerShareOneSubscriptionAtTheUpstream() {
    CountDownLatch changed = new CountDownLatch(1);
    up.on(
        "subscriptions/listen",
        (request, line) -> {
          line.events();
          line.event(
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\","
                  + "\"params\":{\"notifications\":{"
                  + (request.text().contains("a://b")
                      ? "\"resourceSubscriptions\":[\"a://b\"]"
                      : "")
                  + "},\"_meta\":{}}}");
          line.await(changed);
          line.event(
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\","
                  + "\"params\":{\"uri\":\"a://b\"}}");
          line.hang();
        });
    String first = open();
    String second = open();
    String third = open();
    for (String session : new String[] {first, second}) {
      RawRequest subscribe = in(session, "1", "resources/subscribe", "{\"uri\":\"a://b\"}");
      assertThat(RawCaller.ask(road, subscribe).code()).isZero();
    }
    RawCaller one = asking(RawRequest.get("one", first)).head();
    RawCaller two = asking(RawRequest.get("one", second)).head();
    RawCaller none = asking(RawRequest.get("one", third)).head();
    assertThat(up.seen("subscriptions/listen")).hasSize(1);
    assertThat(RawCaller.ask(road, RawRequest.get("one", first).method("DELETE")).status())
        .isEqualTo(204);
    one.close();
    changed.countDown();
    assertThat(two.data()).contains("resources/updated");
    for (String session : new String[] {second, third}) {
      assertThat(up.seen("subscriptions/listen").getLast().hungUp()).isFalse();
      RawCaller.ask(road, RawRequest.get("one", session).method("DELETE"));
    }
    Eventually.holds(
        "nobody listens any more", () -> up.seen("subscriptions/listen").getLast().hungUp());
    none.end();
  }
}
