package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Seen;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Legacy sessions at an endpoint with an upstream of each era, {@code one} and {@code old}. */
class FederatedSessionsTest extends OwnRoad {
  private static final String BOTH = "both";
  private static final String ABLE = "{\"elicitation\":{},\"sampling\":{},\"roots\":{}}";
  private static final String FORM =
      "{\"jsonrpc\":\"2.0\",\"id\":\"q-1\",\"method\":\"elicitation/create\",\"params\":"
          + "{\"message\":\"Who?\",\"requestedSchema\":{\"type\":\"object\",\"properties\":{}}}}";

  private final CountDownLatch answered = new CountDownLatch(1);

  @Override
  String file() {
    return super.file()
        .replace(
            "endpoints:\n",
            "endpoints:\n  both: { mcp: { upstreams: [one, old] }, anonymous: true }\n");
  }

  @BeforeEach
  void theFirstHasNoSessions() {
    up.on("initialize", Scripts.status(400));
  }

  private RawAnswer opened() {
    return RawCaller.ask(
        road,
        RawRequest.post(
            BOTH,
            RawRequest.legacyBody(
                "0",
                "initialize",
                "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":"
                    + ABLE
                    + ",\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}")));
  }

  private String open() {
    return String.valueOf(opened().fields().first("mcp-session-id"));
  }

  private static RawRequest in(String session, String id, String method, String params) {
    return RawRequest.legacy(BOTH, session, RawRequest.legacyBody(id, method, params));
  }

  private static RawRequest call(String session, String tool) {
    return in(session, "7", "tools/call", "{\"name\":\"" + tool + "\",\"arguments\":{\"a\":1.0}}");
  }

  private List<Seen> told(String word) {
    return old.seen().stream().filter(seen -> seen.text().contains(word)).toList();
  }

  @Test
  void areOpenedByTurnpikeAndShowTheToolsOfAll() {
    JsonNode result = opened().json().path("result");
    assertThat(result.path("protocolVersion").asText()).isEqualTo("2025-11-25");
    assertThat(result.at("/capabilities/tools").isObject()).isTrue();
    RawAnswer list = RawCaller.ask(road, in(open(), "7", "tools/list", "{}"));
    assertThat(list.json().at("/result/tools")).hasSize(8);
    assertThat(list.json().at("/result").has("ttlMs")).isFalse();
    assertThat(list.text()).contains("\"one_echo\"", "\"old_echo\"");
  }

  @Test
  void callTheOneThatOwnsTheToolInASessionOfItsOwn() {
    String first = open();
    String second = open();
    for (String session : List.of(first, second)) {
      for (String owner : List.of("one", "old")) {
        RawAnswer answer = RawCaller.ask(road, call(session, owner + "_echo"));
        assertThat(answer.json().at("/result/content/0/text").asText())
            .as(answer.text())
            .isEqualTo("served");
        assertThat(answer.json().path("id").asInt()).isEqualTo(7);
      }
    }
    assertThat(up.seen("tools/call")).hasSize(2);
    assertThat(old.seen("tools/call")).hasSize(2);
    assertThat(old.seen("tools/call").getFirst().text())
        .contains("\"name\":\"echo\",\"arguments\":{\"a\":1.0}");
    // one for each session, and one with which Turnpike asks what there is
    assertThat(old.inquiries().stream().filter(seen -> seen.rpcMethod().equals("initialize")))
        .hasSize(3);
    assertThat(RawCaller.ask(road, RawRequest.get(BOTH, first).method("DELETE")).status())
        .isEqualTo(204);
    Eventually.holds("one is ended", () -> old.seen("DELETE").size() == 1);
    assertThat(RawCaller.ask(road, call(first, "old_echo")).status()).isEqualTo(404);
    assertThat(RawCaller.ask(road, call(second, "old_echo")).code()).isZero();
  }

  @Test
  void areAskedByALegacyUpstreamUnderIdsOfOurs() {
    old.on(
        "tools/call",
        (_, line) -> {
          line.events();
          line.event(FORM);
          line.await(answered);
          line.event(Scripts.RESULT);
          line.end();
        });
    String session = open();
    RawCaller caller = asking(call(session, "old_echo")).head();
    JsonNode question = RawAnswer.json(caller.data());
    assertThat(question.path("method").asText()).isEqualTo("elicitation/create");
    String id = question.path("id").toString();
    assertThat(id).isNotEqualTo("\"q-1\"");
    RawAnswer taken =
        RawCaller.ask(
            road,
            RawRequest.legacy(
                BOTH,
                session,
                "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"action\":\"decline\"}}"));
    assertThat(taken.status()).isEqualTo(202);
    Eventually.holds("the answer", () -> told("\"q-1\"").size() == 1);
    assertThat(told("\"q-1\"").getFirst().text())
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"q-1\",\"result\":{\"action\":\"decline\"}}");
    answered.countDown();
    assertThat(RawAnswer.json(caller.data()).at("/result/content/0/text").asText())
        .isEqualTo("served");
    caller.end();
  }

  @Test
  void tellTheOwnerWhatTheCallerCancels() {
    old.on("tools/call", Scripts.hangInStream());
    String session = open();
    RawCaller caller = asking(call(session, "old_echo"));
    Eventually.holds("it is under way", () -> old.seen("tools/call").size() == 1);
    RawAnswer taken =
        RawCaller.ask(
            road,
            RawRequest.legacy(
                BOTH,
                session,
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}"));
    assertThat(taken.status()).isEqualTo(202);
    Eventually.holds("the upstream is told", () -> told("notifications/cancelled").size() == 1);
    assertThat(told("notifications/cancelled").getFirst().text())
        .contains("\"requestId\":" + old.seen("tools/call").getFirst().id());
    caller.head().end();
  }

  @Test
  void tellOfOtherRoots() {
    String session = open();
    RawCaller.ask(road, call(session, "old_echo"));
    RawAnswer taken =
        RawCaller.ask(
            road,
            RawRequest.legacy(
                BOTH,
                session,
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/roots/list_changed\"}"));
    assertThat(taken.status()).isEqualTo(202);
    Eventually.holds("it is told", () -> old.seen("notifications/roots/list_changed").size() == 1);
  }

  @Test
  void openAnotherThereWhereItWasForgotten() {
    String session = open();
    old.on("tools/call", Scripts.inTurn(Scripts.status(404), Scripts.json(Scripts.RESULT)));
    assertThat(RawCaller.ask(road, call(session, "old_echo")).code()).isZero();
    assertThat(old.seen("tools/call")).hasSize(2);
  }

  @Test
  void remapProgressAndKeepLogsToTheirLevel() {
    String log =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"%s\",\"data\":1}}";
    old.on(
        "tools/call",
        (request, line) -> {
          line.events();
          line.event(log.formatted("debug"));
          line.event(log.formatted("error"));
          line.event(
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":$id,"
                  + "\"progress\":1}}");
          line.event(Scripts.RESULT);
          line.end();
        });
    RawCaller caller =
        asking(
                in(
                    open(),
                    "7",
                    "tools/call",
                    "{\"name\":\"old_echo\",\"_meta\":{\"progressToken\":\"mine\"}}"))
            .head();
    assertThat(caller.data()).contains("\"error\"");
    assertThat(RawAnswer.json(caller.data()).at("/params/progressToken").asText())
        .isEqualTo("mine");
    assertThat(RawAnswer.json(caller.data()).path("id").asInt()).isEqualTo(7);
    caller.end();
  }
}
