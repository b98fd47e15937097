package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Outcome;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Seen;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What becomes of what is open when Turnpike ends. */
class DrainTest extends OwnRoad {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final String ACKNOWLEDGED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\",\"params\":"
          + "{\"notifications\":{},\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":\"s\"}}}";

  private static RawRequest listen() {
    return RawRequest.modern("one", "\"s\"", "subscriptions/listen", "\"notifications\":{}");
  }

  @Test
  void endsASubscriptionWithItsResultAndTheUpstreamsWithIt() {
    up.on("subscriptions/listen", Scripts.hangInStream(ACKNOWLEDGED));
    RawCaller stream = asking(listen()).head();
    assertThat(stream.data()).isEqualTo(ACKNOWLEDGED);
    road.gateway().drain(SHORT);
    assertThat(stream.data())
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"id\":\"s\",\"result\":{\"resultType\":\"complete\",\"_meta\":"
                + "{\"io.modelcontextprotocol/subscriptionId\":\"s\"}}}");
    stream.end();
    assertThat(lastOutcome()).isInstanceOf(Outcome.Served.class);
  }

  @Test
  void endsAGetStreamInGoodOrder() {
    old.on("GET", Scripts.hangInStream(Scripts.progress(1)));
    RawCaller stream = asking(RawRequest.get("old", session())).head();
    assertThat(stream.data()).isEqualTo(Scripts.progress(1));
    road.gateway().drain(SHORT);
    stream.end();
  }

  @Test
  void letsACallGoOnAndClosesItsConnectionBehindIt() {
    CountDownLatch gate = new CountDownLatch(1);
    up.on("tools/call", Scripts.gated(gate, Scripts.RESULT));
    RawCaller caller = asking(modernCall(1));
    Eventually.holds("the call", () -> !up.seen("tools/call").isEmpty());
    road.gateway().drain(SHORT);
    gate.countDown();
    RawAnswer answer = caller.answer();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).contains("served");
    assertThat(caller.closedBehind()).as("closes in good order").isTrue();
  }

  @Test
  void closesAConnectionOnWhichNothingIsUnderWay() {
    up.on("tools/call", Scripts.json(Scripts.RESULT));
    RawCaller caller = asking(modernCall(1));
    assertThat(caller.answer().status()).isEqualTo(200);
    road.gateway().drain(SHORT);
    assertThat(caller.closedBehind()).as("closes in good order").isTrue();
  }

  @Test
  void saysOnEachAnswerThatItIsTheLastOfItsConnection() {
    road.gateway().drain(SHORT);
    up.on("tools/call", Scripts.json(Scripts.RESULT));
    RawAnswer answer = RawCaller.ask(road, modernCall(1));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.fields().all("connection")).containsExactly("close");
  }

  @Test
  void takesNoNewStreams() {
    road.gateway().drain(SHORT);
    up.on("subscriptions/listen", Scripts.hangInStream(ACKNOWLEDGED));
    RawAnswer answer = RawCaller.ask(road, listen());
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.text()).contains("connect again");
    assertThat(up.seen("subscriptions/listen")).isEmpty();
  }

  @Test
  void doesNotWaitForAConnectionThatHadAPreflightOnly() {
    RawCaller page =
        asking(
            RawRequest.get("one", "")
                .method("OPTIONS")
                .without("Mcp-Session-Id")
                .with("Origin", "http://localhost:5173")
                .with("Access-Control-Request-Method", "POST"));
    assertThat(page.answer().status()).isEqualTo(204);
    road.gateway().drain(SHORT);
    assertThat(page.closedBehind()).as("closes in good order").isTrue();
  }

  @Test
  void endsAStreamWhoseHeadHasNotComeYet() {
    up.on("subscriptions/listen", Scripts.hang());
    RawCaller stream = asking(listen());
    Seen seen = up.only("subscriptions/listen");
    road.gateway().drain(SHORT);
    assertThat(stream.answer().status()).isEqualTo(429);
    Eventually.holds("the upstream's stream is closed", seen::hungUp);
  }

  @Test
  void takesNoStreamWhoseUpstreamWasStillBeingMet() {
    CountDownLatch gate = new CountDownLatch(1);
    up.on("server/discover", Scripts.gated(gate, FakeUpstream.DISCOVERED));
    RawCaller stream = asking(listen());
    Eventually.holds("it is being met", () -> !up.inquiries().isEmpty());
    road.gateway().drain(SHORT);
    gate.countDown();
    assertThat(stream.answer().status()).isEqualTo(429);
    assertThat(up.seen("subscriptions/listen")).isEmpty();
  }
}
