package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rounds in which an upstream, or its caller, behaves oddly. */
class RoundsUpTest extends OwnRoad {
  private static final String ROOTS =
      "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"roots/list\",\"params\":{\"x\":\"%s\"}}";

  private final CountDownLatch answered = new CountDownLatch(1);

  private static RawRequest call(String more) {
    RawRequest plain = RawRequest.call("old", "1", "echo", "{}");
    return plain.body(
        plain
            .body()
            .text()
            .replace("clientCapabilities\":{}", "clientCapabilities\":{\"roots\":{}}")
            .replace("\"arguments\":{}", "\"arguments\":{}" + more));
  }

  private static String back(JsonNode required, String responses) {
    return ",\"requestState\":\""
        + required.path("requestState").asText()
        + "\",\"inputResponses\":"
        + responses;
  }

  private JsonNode asked(RawRequest request) {
    RawAnswer answer = RawCaller.ask(road, request);
    assertThat(answer.json().at("/result/resultType").asText())
        .as(answer.text())
        .isEqualTo("input_required");
    return answer.json().path("result");
  }

  private void asksOnceAndWaits() {
    old.on(
        "tools/call",
        (_, line) -> {
          line.events();
          line.event(ROOTS.formatted(1, ""));
          line.await(answered);
          line.event(Scripts.RESULT);
          line.end();
        });
  }

  @Test
  void endAlsoWhereTheUpstreamGoesOnAsking() {
    old.on(
        "tools/call",
        (_, line) -> {
          line.events();
          try {
            for (int i = 0; i < 300; i++) {
              line.event(ROOTS.formatted(i, ""));
              Thread.sleep(10);
            }
          } catch (IOException left) {
            // it is given up at the end
          }
        });
    assertThat(asked(call("")).path("inputRequests").size()).isBetween(1, 32);
    road.gateway().drain(Duration.ofMillis(1));
  }

  @Test
  void areRefusedWhereTheUpstreamAsksTooMuch() {
    String large = "x".repeat(600_000);
    old.on(
        "tools/call", Scripts.hangInStream(ROOTS.formatted(1, large), ROOTS.formatted(2, large)));
    assertThat(RawCaller.ask(road, call("")).status()).isEqualTo(502);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "5", "{\"r1\":\"text\"}", "{\"r1\":null}", "{\"r1\":[]}"})
  void takeObjectsForAnswersOnly(String responses) {
    asksOnceAndWaits();
    JsonNode required = asked(call(""));
    RawAnswer refused = RawCaller.ask(road, call(back(required, responses)));
    assertThat(refused.code()).as(refused.text()).isEqualTo(-32602);
    answered.countDown();
    RawAnswer served =
        RawCaller.ask(road, call(back(required, "{\"r1\":{\"roots\":[]},\"other\":1}")));
    assertThat(served.json().at("/result/resultType").asText()).isEqualTo("complete");
  }

  @Test
  void failAtOnceWhereTheUpstreamDoesNotTakeTheAnswer() {
    old.on("tools/call", Scripts.hangInStream(ROOTS.formatted(1, "")));
    JsonNode required = asked(call(""));
    // answers to questions have no method
    old.on("", Scripts.status(404));
    old.on("*", Scripts.status(404));
    RawAnswer failed = RawCaller.ask(road, call(back(required, "{\"r1\":{\"roots\":[]}}")));
    assertThat(failed.status()).as(failed.text()).isEqualTo(502);
    assertThat(failed.text()).contains("did not take the answer");
  }

  @Test
  void letProgressThroughThatGoesForwardOnly() {
    StringBuilder seen = new StringBuilder();
    String step =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":$id,\"progress\":%s}}";
    old.on(
        "tools/call",
        (_, line) -> {
          line.events();
          for (String one : new String[] {"-1", "5", "3", "5.0", "1e99999999999", "7"}) {
            line.event(step.formatted(one));
          }
          line.event(Scripts.RESULT);
          line.end();
        });
    RawRequest plain = call("");
    RawRequest wanted =
        plain.body(
            plain.body().text().replace("\"_meta\":{", "\"_meta\":{\"progressToken\":\"p\","));
    try (RawCaller caller = RawCaller.to(road)) {
      caller.send(wanted).head();
      JsonNode told = RawAnswer.json(caller.data());
      while (told.has("method")) {
        seen.append(told.at("/params/progress").asText()).append(' ');
        told = RawAnswer.json(caller.data());
      }
    }
    assertThat(seen.toString()).isEqualTo("-1 5 7 ");
  }

  @Test
  void acknowledgeOnlyTheResourcesThatTheUpstreamTellsOf() {
    old.on("GET", Scripts.hangInStream());
    old.on(
        "resources/subscribe",
        (request, line) -> {
          if (request.text().contains("a://no")) {
            line.json(
                "{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":-32602,\"message\":\"no\"}}");
          } else {
            line.json("{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{}}");
          }
        });
    RawCaller caller =
        asking(
                RawRequest.modern(
                    "old",
                    "1",
                    "subscriptions/listen",
                    "\"notifications\":{\"resourceSubscriptions\":[\"a://no\",\"a://yes\"]}"))
            .head();
    assertThat(RawAnswer.json(caller.data()).at("/params/notifications").toString())
        .isEqualTo("{\"resourceSubscriptions\":[\"a://yes\"]}");
    caller.close();
    Eventually.holds("it is left", () -> old.seen("resources/unsubscribe").size() == 1);
  }
}
