package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The sessions that modern callers have at a legacy upstream without knowing. */
class PooledSessionsTest extends OwnRoad {
  private static final String CHANGED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}";
  private static final String ASKS = "{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"roots/list\"}";

  private static RawRequest with(RawRequest plain, String capabilities) {
    return plain.body(
        plain
            .body()
            .text()
            .replace("clientCapabilities\":{}", "clientCapabilities\":" + capabilities));
  }

  private long opened() {
    return old.inquiries().stream().filter(it -> it.rpcMethod().equals("initialize")).count();
  }

  @Test
  void areOpenedAnewForWhoeverListensWhereTheyWereForgotten() {
    CountDownLatch restarted = new CountDownLatch(1);
    old.on(
        "GET",
        Scripts.inTurn(
            (_, line) -> {
              line.events();
              line.await(restarted);
              line.end();
            },
            Scripts.status(404),
            Scripts.hangInStream(CHANGED)));
    RawCaller caller =
        asking(
                RawRequest.modern(
                    "old",
                    "1",
                    "subscriptions/listen",
                    "\"notifications\":{\"toolsListChanged\":true,"
                        + "\"resourceSubscriptions\":[\"a://b\"]}"))
            .head();
    assertThat(caller.data()).contains("acknowledged");
    Eventually.holds("it is subscribed", () -> old.seen("resources/subscribe").size() == 1);
    restarted.countDown();
    assertThat(caller.data()).contains("tools/list_changed");
    assertThat(caller.data()).contains("tools/list_changed");
    Eventually.holds("it is subscribed anew", () -> old.seen("resources/subscribe").size() == 2);
    assertThat(opened()).isEqualTo(2);
    caller.close();
    Eventually.holds("it is unsubscribed", () -> old.seen("resources/unsubscribe").size() == 1);
  }

  @Test
  void areNotEndedWhileACallWaitsInOne() {
    CountDownLatch answered = new CountDownLatch(1);
    AtomicInteger sessions = new AtomicInteger();
    old.on(
        "initialize",
        (_, line) ->
            line.whole(
                200,
                "application/json",
                "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"protocolVersion\":\"2025-11-25\","
                    + "\"capabilities\":{\"tools\":{}},\"serverInfo\":{\"name\":\"f\",\"version\":\"1\"}}}",
                "Mcp-Session-Id: s-" + sessions.incrementAndGet() + "\r\n"));
    old.on(
        "tools/call",
        (_, line) -> {
          line.events();
          line.event(ASKS);
          line.await(answered);
          line.event(Scripts.RESULT);
          line.end();
        });
    RawRequest call = with(RawRequest.call("old", "1", "echo", "{}"), "{\"roots\":{}}");
    RawAnswer asked = RawCaller.ask(road, call);
    String state = asked.json().at("/result/requestState").asText();
    for (int i = 0; i < 70; i++) {
      RawRequest list = RawRequest.modern("old", "2", "tools/list", "");
      RawAnswer listed =
          RawCaller.ask(road, with(list, "{\"experimental\":{\"n\":{\"i\":" + i + "}}}"));
      assertThat(listed.status()).isEqualTo(200);
    }
    Eventually.holds("the oldest are ended", () -> old.seen("DELETE").size() >= 7);
    String waiting = old.only("tools/call").fields().first("mcp-session-id");
    assertThat(old.seen("DELETE"))
        .noneMatch(ended -> ended.fields().first("mcp-session-id").equals(waiting));
    answered.countDown();
    String body = call.body().text();
    RawAnswer served =
        RawCaller.ask(
            road,
            call.body(
                body.replace(
                    "\"arguments\":{}",
                    "\"arguments\":{},\"requestState\":\""
                        + state
                        + "\",\"inputResponses\":{\"r1\":{\"roots\":[]}}")));
    assertThat(served.json().at("/result/content/0/text").asText()).isEqualTo("served");
    road.gateway().drain(Duration.ofMillis(1));
  }

  @Test
  void areOpenedOnceMoreWhereAnUnknownOneIsTold400() {
    old.on(
        "tools/call",
        Scripts.inTurn(
            Scripts.status(
                400,
                "",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32000,"
                    + "\"message\":\"Bad Request: No valid session ID provided\"}}"),
            Scripts.json(Scripts.RESULT)));
    RawAnswer answer = RawCaller.ask(road, RawRequest.call("old", "1", "echo", "{}"));
    assertThat(answer.json().at("/result/content/0/text").asText())
        .as(answer.text())
        .isEqualTo("served");
    assertThat(opened()).isEqualTo(2);
  }

  @Test
  void doNotMakeACallRunTwiceThatFailedWithStatus400() {
    old.on(
        "tools/call",
        Scripts.status(
            400,
            "",
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":-32602,\"message\":\"too large\"}}"));
    RawAnswer answer = RawCaller.ask(road, RawRequest.call("old", "1", "echo", "{}"));
    assertThat(answer.code()).isEqualTo(-32602);
    assertThat(old.seen("tools/call")).hasSize(1);
  }
}
