package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Outcome;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawCaller.Event;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Script;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Seen;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A caller that leaves: a cancellation in the modern era, and none in the legacy one. */
class LeavingTest extends OwnRoad {
  private final CountDownLatch gone = new CountDownLatch(1);

  @Test
  void closesTheUpstreamsStreamWhereAModernCallerLeavesBeforeTheHead() {
    up.on("tools/call", Scripts.hang());
    RawCaller caller = asking(modernCall(1));
    Seen seen = up.only("tools/call");
    caller.hangUp();
    Eventually.holds("the upstream's stream is closed", seen::hungUp);
    mustBeCutByTheCaller();
  }

  @Test
  void closesTheUpstreamsStreamWhereAModernCallerLeavesInTheStream() {
    up.on("tools/call", Scripts.hangInStream(Scripts.progress(1)));
    RawCaller caller = asking(modernCall(1)).head();
    assertThat(caller.data()).isEqualTo(Scripts.progress(1));
    Seen seen = up.only("tools/call");
    caller.hangUp();
    Eventually.holds("the upstream's stream is closed", seen::hungUp);
    mustBeCutByTheCaller();
  }

  @Test
  void closesTheUpstreamsStreamWhereAModernCallerStopsListening() {
    up.on("subscriptions/listen", Scripts.hangInStream(acknowledged()));
    RawCaller caller =
        asking(
                RawRequest.modern(
                    "one",
                    "1",
                    "subscriptions/listen",
                    "\"notifications\":{\"toolsListChanged\":true}"))
            .head();
    assertThat(caller.data()).isEqualTo(acknowledged().replace("$id", "1"));
    Seen seen = up.only("subscriptions/listen");
    caller.close();
    Eventually.holds("the upstream's stream is closed", seen::hungUp);
    mustBeCutByTheCaller();
  }

  @Test
  void doesNotCallAnUpstreamForACallerThatHasLeftBefore() {
    up.on(
        "server/discover",
        (_, line) -> {
          line.await(gone);
          line.json(FakeUpstream.DISCOVERED);
        });
    RawCaller caller = asking(modernCall(1));
    Eventually.holds("the era is asked for", () -> !up.inquiries().isEmpty());
    caller.hangUp();
    onEveryLoop();
    gone.countDown();
    assertThat(outcome(0)).isInstanceOf(Outcome.Cut.class);
    assertThat(up.seen("tools/call")).isEmpty();
  }

  // a request on each event loop: what came before is seen by then
  private void onEveryLoop() {
    for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
      RawCaller.ask(road, modernCall(1).path("/mcp/none"));
    }
  }

  @Test
  void isTakenForGoneWhereAModernCallerClosesItsHalf() throws Exception {
    up.on("tools/call", Scripts.hang());
    try (Socket socket = new Socket("127.0.0.1", road.port())) {
      socket.getOutputStream().write(modernCall(1).bytes());
      Eventually.holds("it is under way", () -> up.seen("tools/call").size() == 1);
      socket.shutdownOutput();
      Eventually.holds("it is stopped", () -> up.seen("tools/call").getFirst().hungUp());
    }
    mustBeCutByTheCaller();
  }

  @Test
  void stopsAnEndlessStreamWhereTheCallerLeaves() {
    up.on("tools/call", Scripts.endless(Scripts.progress(1)));
    RawCaller caller = asking(modernCall(1)).head();
    assertThat(caller.data()).contains("progress");
    caller.hangUp();
    Eventually.holds("it is stopped", () -> up.seen("tools/call").getFirst().hungUp());
    mustBeCutByTheCaller();
  }

  @Test
  void goesOnForALegacyCallerAndKeepsTheRestForIt() {
    old.on("tools/call", twoSteps());
    String session = session();
    RawCaller caller = asking(legacyCall(session, 1)).head();
    Event first = caller.event();
    assertThat(first.data()).isEqualTo(Scripts.progress(1));
    caller.hangUp();
    RawCaller back = kept(RawCaller.to(road)).send(again(session, first.id())).head();
    assertThat(back.status()).isEqualTo(200);
    gone.countDown();
    Event second = back.event();
    assertThat(second.data()).isEqualTo(Scripts.progress(2));
    assertThat(back.data()).isEqualTo(Scripts.RESULT.replace("$id", "1"));
    back.end();
  }

  @Test
  void keepsTheRestAlsoWhenTheCallHasEnded() {
    old.on("tools/call", twoSteps());
    String session = session();
    RawCaller caller = asking(legacyCall(session, 1)).head();
    Event first = caller.event();
    caller.hangUp();
    gone.countDown();
    assertThat(outcome(1)).isInstanceOf(Outcome.Served.class);
    for (int i = 0; i < 2; i++) {
      RawCaller back = kept(RawCaller.to(road)).send(again(session, first.id())).head();
      Event second = back.event();
      assertThat(second.data()).isEqualTo(Scripts.progress(2));
      assertThat(second.id()).isNotEqualTo(first.id()).isNotEmpty();
      assertThat(back.data()).isEqualTo(Scripts.RESULT.replace("$id", "1"));
      back.end();
      RawCaller later = kept(RawCaller.to(road)).send(again(session, second.id())).head();
      assertThat(later.data()).isEqualTo(Scripts.RESULT.replace("$id", "1"));
      later.end();
    }
    assertThat(old.seen("GET")).as("a replay asks no upstream").isEmpty();
  }

  @Test
  void goesOnForALegacyCallerThatLeftBeforeTheHead() {
    old.on(
        "tools/call",
        (_, line) -> {
          line.await(gone);
          line.json(Scripts.RESULT);
        });
    RawCaller caller = asking(legacyCall(session(), 1));
    Seen seen = old.only("tools/call");
    caller.hangUp();
    onEveryLoop();
    gone.countDown();
    assertThat(outcome(1)).isInstanceOf(Outcome.Served.class);
    assertThat(seen.hungUp()).isFalse();
  }

  @Test
  void closesTheUpstreamsStreamWhereTheSessionEndsUnderACall() {
    old.on("tools/call", Scripts.hangInStream(Scripts.progress(1)));
    String session = session();
    RawCaller caller = asking(legacyCall(session, 1)).head();
    assertThat(caller.data()).isEqualTo(Scripts.progress(1));
    end(session);
    caller.end();
    assertThat(outcome(1)).isInstanceOf(Outcome.Cut.class);
    Seen seen = old.only("tools/call");
    Eventually.holds("nobody can have the rest", seen::hungUp);
  }

  @Test
  void disturbsNobodyWhoBeginsAtThatMoment() {
    for (int i = 0; i < 100; i++) {
      end(session());
    }
    Eventually.holds("the upstream is told", () -> old.seen("DELETE").size() == 100);
    assertThat(old.connections()).as("connections are kept").isLessThan(20);
  }

  @Test
  void givesAnotherSessionNothingForAnEventId() {
    old.on("tools/call", Scripts.events(Scripts.progress(1), Scripts.RESULT));
    RawCaller caller = asking(legacyCall(session(), 1)).head();
    String id = caller.event().id();
    String other = session();
    assertThat(RawCaller.ask(road, again(other, id)).status()).isEqualTo(400);
    assertThat(RawCaller.ask(road, again(other, id).path("/mcp/older")).status()).isEqualTo(404);
  }

  @Test
  void numbersEveryEventOfALegacyStreamAndNoneOfAModernOne() {
    String[] said = {Scripts.progress(1), Scripts.progress(2), Scripts.RESULT};
    old.on(
        "tools/call",
        (_, line) -> {
          line.events();
          for (String message : said) {
            line.event("theirs", message);
          }
          line.end();
        });
    up.on("tools/call", Scripts.events(said));
    RawCaller legacy = asking(legacyCall(session(), 1)).head();
    RawCaller modern = asking(modernCall(1)).head();
    for (int i = 0; i < said.length; i++) {
      assertThat(legacy.event().id()).isNotEmpty().isNotEqualTo("theirs");
      assertThat(modern.event().id()).isEmpty();
    }
    assertThat(modern.fields().first("x-accel-buffering")).isEqualTo("no");
  }

  @Test
  void comesBackToAnUpstreamThatClosedTheConnectionAndNotTheAnswer() {
    old.on(
        "tools/call",
        (_, line) -> {
          line.events();
          line.chunk("id: theirs-1\nretry: 10\ndata:\n\n");
          line.event("theirs-2", Scripts.progress(1));
          line.end();
        });
    old.on("GET", Scripts.events(Scripts.progress(2), Scripts.RESULT.replace("$id", "1")));
    RawCaller caller = asking(legacyCall(session(), 1)).head();
    assertThat(caller.data()).isEqualTo(Scripts.progress(1));
    assertThat(caller.data()).isEqualTo(Scripts.progress(2));
    assertThat(caller.data()).isEqualTo(Scripts.RESULT.replace("$id", "1"));
    caller.end();
    assertThat(old.only("GET").fields().first("last-event-id")).isEqualTo("theirs-2");
  }

  private Script twoSteps() {
    return (_, line) -> {
      line.events();
      line.event(Scripts.progress(1));
      line.await(gone);
      line.event(Scripts.progress(2));
      line.event(Scripts.RESULT);
      line.end();
    };
  }

  private void mustBeCutByTheCaller() {
    assertThat(lastOutcome())
        .isInstanceOfSatisfying(
            Outcome.Cut.class, cut -> assertThat(cut.by()).isEqualTo(Outcome.By.CALLER));
  }

  private static RawRequest again(String session, String lastEventId) {
    return RawRequest.get("old", session).with("Last-Event-ID", lastEventId);
  }

  private static String acknowledged() {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\",\"params\":"
        + "{\"notifications\":{},\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":$id}}}";
  }

  @Test
  void leavesNoTimerBehindWhereItIsBeforeAStreamBegins() {
    old.on(
        "tools/call",
        (_, line) -> {
          line.await(gone);
          line.events();
          line.event(Scripts.RESULT);
          line.end();
        });
    String session = session();
    int before = road.timers().periodic();
    List<RawCaller> leaving = new ArrayList<>();
    for (int id = 0; id < 5; id++) {
      leaving.add(asking(legacyCall(session, id)));
    }
    Eventually.holds("all are asked", () -> old.seen("tools/call").size() == 5);
    leaving.forEach(RawCaller::hangUp);
    onEveryLoop();
    gone.countDown();
    road.settle();
    Eventually.holds("no timer is left", () -> road.timers().periodic() == before);
  }
}
