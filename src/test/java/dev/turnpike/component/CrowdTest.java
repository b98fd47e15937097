package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.accept.AcceptLimits;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** More than there is room for. */
class CrowdTest extends OwnRoad {
  private void restart(int exchanges, long bodies) {
    restart(new AcceptLimits.Room(exchanges, bodies, Duration.ofMinutes(1), Duration.ofMinutes(1)));
  }

  private void restart(AcceptLimits.Room room) {
    AcceptLimits all = AcceptLimits.DEFAULT;
    restart(
        new AcceptLimits(
            all.body(),
            all.headTime(),
            all.bodyTime(),
            all.stalled(),
            all.queued(),
            all.keepAlive(),
            room));
  }

  private void overloaded(RawAnswer answer) {
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.fields().first("retry-after")).isEqualTo("1");
  }

  @Test
  void oneExchangeMoreThanThereIsRoomForIsTurnedAwayAndTheNextIsTaken() {
    restart(2, 1_000_000);
    CountDownLatch gate = new CountDownLatch(1);
    up.on("tools/call", Scripts.gated(gate, Scripts.RESULT));
    RawCaller first = asking(modernCall(1));
    RawCaller second = asking(modernCall(2));
    Eventually.holds("both are under way", () -> up.seen("tools/call").size() == 2);
    RawCaller third = kept(RawCaller.to(road));
    overloaded(third.send(modernCall(3)).answer());
    gate.countDown();
    assertThat(first.answer().status()).isEqualTo(200);
    assertThat(second.answer().status()).isEqualTo(200);
    Eventually.holds(
        "there is room again, on the same connection",
        () -> third.send(modernCall(4)).answer().status() == 200);
    assertThat(up.seen("tools/call").stream().map(seen -> seen.id())).doesNotContain("3");
    assertThat(outcome(2))
        .isInstanceOfSatisfying(
            Outcome.TurnedAway.class,
            away -> assertThat(away.reason()).isInstanceOf(Refusal.Overloaded.class));
  }

  @Test
  void whoIsTurnedAwayAndSlowTakesNoPlaceFromOthers() {
    restart(1, 1_000_000);
    CountDownLatch gate = new CountDownLatch(1);
    up.on("tools/call", Scripts.gated(gate, Scripts.RESULT));
    RawCaller first = asking(modernCall(1));
    Eventually.holds("it is under way", () -> up.seen("tools/call").size() == 1);
    // a head whose body never comes
    RawCaller slow = kept(RawCaller.to(road)).send(modernCall(2).headOnly());
    Eventually.holds("nobody is let in", () -> RawCaller.ask(road, modernCall(3)).status() == 503);
    gate.countDown();
    assertThat(first.answer().status()).isEqualTo(200);
    Eventually.holds(
        "there is room again", () -> RawCaller.ask(road, modernCall(4)).status() == 200);
    slow.hangUp();
  }

  @Test
  void farMoreThanThereIsRoomForLoseTheirConnections() {
    restart(0, 1_000_000);
    RawAnswer answer = RawCaller.ask(road, modernCall(1));
    overloaded(answer);
    assertThat(answer.fields().first("connection")).isEqualTo("close");
  }

  @Test
  void aCallMoreThanTheCallerMayHaveIsRefusedAndTheNextIsTaken() {
    road.close();
    road = Road.serving(file(), settings(AcceptLimits.DEFAULT, 8, 1));
    CountDownLatch gate = new CountDownLatch(1);
    up.on("tools/call", Scripts.gated(gate, Scripts.RESULT));
    RawCaller first = asking(modernCall(1));
    Eventually.holds("it is under way", () -> up.seen("tools/call").size() == 1);
    RawAnswer refused = RawCaller.ask(road, modernCall(2));
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.fields().first("retry-after")).isEqualTo("1");
    gate.countDown();
    assertThat(first.answer().status()).isEqualTo(200);
    Eventually.holds(
        "there is room again", () -> RawCaller.ask(road, modernCall(3)).status() == 200);
    assertThat(up.seen("tools/call").stream().map(seen -> seen.id())).doesNotContain("2");
  }

  @Test
  void oneEndpointDoesNotUseUpTheCallsOfAnother() {
    road.close();
    road = Road.serving(file(), settings(AcceptLimits.DEFAULT, 8, 1));
    CountDownLatch gate = new CountDownLatch(1);
    up.on("tools/call", Scripts.gated(gate, Scripts.RESULT));
    old.on("tools/call", Scripts.json(Scripts.RESULT));
    RawCaller first = asking(modernCall(1));
    Eventually.holds("it is under way", () -> up.seen("tools/call").size() == 1);
    assertThat(RawCaller.ask(road, legacyCall(session(), 2)).status()).isEqualTo(200);
    gate.countDown();
    assertThat(first.answer().status()).isEqualTo(200);
  }

  @Test
  void bodiesThatAreTooLargeTogetherAreTurnedAway() {
    restart(100, 50_000);
    String large = "{\"text\":\"" + "x".repeat(30_000) + "\"}";
    CountDownLatch gate = new CountDownLatch(1);
    up.on("tools/call", Scripts.gated(gate, Scripts.RESULT));
    RawCaller first = asking(RawRequest.call("one", "1", "echo", large));
    Eventually.holds("it is under way", () -> up.seen("tools/call").size() == 1);
    overloaded(RawCaller.ask(road, RawRequest.call("one", "2", "echo", large)));
    gate.countDown();
    assertThat(first.answer().status()).isEqualTo(200);
    Eventually.holds(
        "there is room again",
        () -> RawCaller.ask(road, RawRequest.call("one", "3", "echo", large)).status() == 200);
  }

  @Test
  void whatComesWhileALoopStaysBehindIsTurnedAway() {
    // any loop is behind by this measure, from the second call of a beat on
    restart(new AcceptLimits.Room(100, 1_000_000, Duration.ofMinutes(-1), Duration.ZERO));
    up.on("tools/call", Scripts.json(Scripts.RESULT));
    RawCaller caller = kept(RawCaller.to(road));
    Eventually.holds(
        "one is turned away", () -> caller.send(modernCall(1)).answer().status() == 503);
    Eventually.holds(
        "another is served", () -> caller.send(modernCall(2)).answer().status() == 200);
  }
}
