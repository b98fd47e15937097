package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.accept.AcceptLimits;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Script;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Seen;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A caller that does not read holds up its own upstream, and nobody else. */
class SlowReaderTest extends OwnRoad {
  private static final int EVENTS = 600;
  private static final String EVENT =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"data\":\""
          + "x".repeat(64 * 1024)
          + "\"}}";

  private final AtomicInteger poured = new AtomicInteger();

  /** The first call is answered with more than any buffer on the way holds. */
  private Script pour(int events) {
    return (request, line) -> {
      if (!request.id().equals("1")) {
        line.json(Scripts.RESULT);
        return;
      }
      line.events();
      for (int i = 0; i < events; i++) {
        line.event(EVENT);
        poured.incrementAndGet();
      }
      line.event(Scripts.RESULT);
      line.end();
    };
  }

  private boolean paused() {
    int before = poured.get();
    for (int i = 0; i < 10; i++) {
      assertThat(RawCaller.ask(road, modernCall(2)).status()).isEqualTo(200);
    }
    return before > 0 && before < EVENTS && poured.get() == before;
  }

  @Test
  void slowsItsOwnUpstreamAndNobodyElseAndGetsEverything() {
    up.on("tools/call", pour(EVENTS));
    RawCaller slow = kept(RawCaller.slowly(road)).send(modernCall(1)).head();
    Eventually.holds("the upstream is held up", this::paused);
    for (int i = 0; i < EVENTS; i++) {
      assertThat(slow.data()).hasSize(EVENT.length());
    }
    assertThat(slow.data()).isEqualTo(Scripts.RESULT.replace("$id", "1"));
    slow.end();
  }

  @Test
  void isDroppedWhenItHasReadNothingForTheTimeAllowed() {
    AcceptLimits all = AcceptLimits.DEFAULT;
    restart(
        new AcceptLimits(
            all.body(),
            all.headTime(),
            all.bodyTime(),
            Duration.ofMillis(300),
            all.queued(),
            Duration.ofMillis(50),
            all.room()));
    up.on("tools/call", pour(EVENTS));
    RawCaller slow = kept(RawCaller.slowly(road)).send(modernCall(1)).head();
    Seen seen = up.seen("tools/call").getFirst();
    Eventually.holds("the upstream's stream is closed", seen::hungUp);
    assertThat(slow.cutOff()).isTrue();
    assertThat(poured.get()).isLessThan(EVENTS);
    assertThat(outcome(0))
        .isInstanceOfSatisfying(
            Outcome.Cut.class, cut -> assertThat(cut.by()).isEqualTo(Outcome.By.CALLER));
  }

  @Test
  void isDroppedInTheLegacyEraTooAndItsUpstreamGoesOn() {
    AcceptLimits all = AcceptLimits.DEFAULT;
    restart(
        new AcceptLimits(
            all.body(),
            all.headTime(),
            all.bodyTime(),
            Duration.ofMillis(300),
            all.queued(),
            Duration.ofMillis(50),
            all.room()));
    old.on("tools/call", pour(EVENTS));
    String session = session();
    RawCaller slow = kept(RawCaller.slowly(road)).send(legacyCall(session, 1)).head();
    Eventually.holds("everything is said", () -> poured.get() == EVENTS);
    String first = slow.event().id();
    assertThat(slow.cutOff()).isTrue();
    assertThat(outcome(1)).isInstanceOf(Outcome.Served.class);
    RawCaller back = asking(RawRequest.get("old", session).with("Last-Event-ID", first)).head();
    String last = back.data();
    int rest = 0;
    while (last.equals(EVENT)) {
      last = back.data();
      rest++;
    }
    assertThat(last).isEqualTo(Scripts.RESULT.replace("$id", "1"));
    assertThat(rest).as("as much as is kept").isBetween(1, 256);
  }

  @Test
  void isNotDroppedForAnEventThatIsLargerThanWhatMayWait() {
    AcceptLimits all = AcceptLimits.DEFAULT;
    restart(
        new AcceptLimits(
            all.body(),
            all.headTime(),
            all.bodyTime(),
            all.stalled(),
            32 * 1024,
            all.keepAlive(),
            all.room()));
    String large = EVENT.replace("x", "xxxx");
    up.on("tools/call", Scripts.events(large, Scripts.RESULT));
    RawCaller caller = asking(modernCall(1)).head();
    assertThat(caller.data()).isEqualTo(large);
  }

  @Test
  void hearsACommentWhileNothingIsSaid() {
    AcceptLimits all = AcceptLimits.DEFAULT;
    restart(
        new AcceptLimits(
            all.body(),
            all.headTime(),
            all.bodyTime(),
            all.stalled(),
            all.queued(),
            Duration.ofMillis(20),
            all.room()));
    up.on("tools/call", Scripts.hangInStream(Scripts.progress(1)));
    RawCaller caller = asking(modernCall(1)).head();
    assertThat(caller.data()).isEqualTo(Scripts.progress(1));
    for (int i = 0; i < 3; i++) {
      assertThat(caller.comment()).startsWith(":");
    }
  }
}
