package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Seen;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A batch of 2025-03-26: each part for itself, one reply for all. */
class BatchTest extends OwnRoad {
  private static final String NOTICE =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}";

  @Override
  String file() {
    return super.file()
        + """
          - name: nothing-secret
            deny: { tools: [secret] }
        budgets:
          - name: paid
            match: { tools: [paid] }
            limit: 1
            unit: calls
            window: 1h
        """;
  }

  private String oldest() {
    old.on(
        "initialize",
        Scripts.status(
            200,
            "Mcp-Session-Id: theirs\r\n",
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"protocolVersion\":\"2025-03-26\","
                + "\"capabilities\":{},\"serverInfo\":{\"name\":\"f\",\"version\":\"1\"}}}"));
    return RawCaller.session(road, "old", "2025-03-26");
  }

  private static String call(String id, String tool) {
    return RawRequest.legacyBody(id, "tools/call", "{\"name\":\"" + tool + "\"}");
  }

  @Test
  void answersEachPartByItsId() {
    RawRequest batch =
        RawRequest.legacy(
            "old",
            oldest(),
            "[%s, %s ,%s,%s,%s]"
                .formatted(
                    call("1", "echo"),
                    call("\"1\"", "secret"),
                    NOTICE,
                    call("2", "paid"),
                    call("3", "paid")));
    int before = road.exchanges().all().size();
    RawAnswer answer = RawCaller.ask(road, batch);
    assertThat(answer.status()).isEqualTo(200);
    Map<String, Integer> codes = new HashMap<>();
    answer
        .json()
        .forEach(
            part -> codes.put(part.path("id").toString(), part.has("result") ? 0 : code(part)));
    assertThat(codes).isEqualTo(Map.of("1", 0, "\"1\"", -32602, "2", 0, "3", -31429));
    assertThat(answer.text()).contains("\"budget\":\"paid\"");
    assertThat(old.seen("tools/call")).hasSize(2);
    assertThat(old.seen("tools/call").stream().map(Seen::text))
        .containsExactlyInAnyOrder(call("1", "echo"), call("2", "paid"));
    road.settle();
    assertThat(road.exchanges().all()).hasSize(before + 5);
  }

  private static int code(JsonNode part) {
    return part.at("/error/code").asInt();
  }

  @Test
  void becomesAStreamWhereOnePartStreams() {
    String session = oldest();
    old.on(
        "tools/call",
        (request, line) -> {
          if (request.id().equals("2")) {
            line.events();
            line.event(Scripts.progress(1));
            line.event(Scripts.RESULT);
            line.end();
          } else {
            line.json(Scripts.RESULT);
          }
        });
    String batch = "[" + call("1", "echo") + "," + call("2", "echo") + "]";
    RawCaller caller = asking(RawRequest.legacy("old", session, batch)).head();
    assertThat(caller.fields().first("content-type")).isEqualTo("text/event-stream");
    String[] said = {caller.data(), caller.data(), caller.data()};
    assertThat(said)
        .containsExactlyInAnyOrder(
            Scripts.RESULT.replace("$id", "1"),
            Scripts.progress(1),
            Scripts.RESULT.replace("$id", "2"));
    caller.end();
  }

  @Test
  void isAcknowledgedWhereNothingInItWantsAnAnswer() {
    RawAnswer answer =
        RawCaller.ask(road, RawRequest.legacy("old", oldest(), "[" + NOTICE + "," + NOTICE + "]"));
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body().size()).isZero();
    assertThat(old.seen("notifications/cancelled")).hasSize(2);
    road.settle();
    assertThat(road.exchanges().outcomes()).allMatch(Outcome.Served.class::isInstance);
  }
}
