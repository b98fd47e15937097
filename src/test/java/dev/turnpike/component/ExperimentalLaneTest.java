package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.assembly.Settings;
import dev.turnpike.flags.LaneLimits;
import dev.turnpike.lane.AlphaLane;
import dev.turnpike.lane.Saboteur;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Trying;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an alpha does wrong ends in its lane: callers of the stable one do not notice. */
class ExperimentalLaneTest {
  private static final Duration TIME = Duration.ofMillis(600);

  private final Saboteur saboteur = new Saboteur();
  private final Trying flags = new Trying(Trying.within(TIME));
  private FakeUpstream up;
  private Road road;

  @BeforeEach
  void start() {
    up = FakeUpstream.modern();
    up.on("tools/call", Scripts.json(Scripts.RESULT));
    road = opened(flags);
  }

  private Road opened(Trying switches) {
    return Road.trying(Road.open("m", up.url()), Settings.DEFAULT, List.of(saboteur), switches);
  }

  @AfterEach
  void end() {
    saboteur.release();
    road.close();
    up.close();
  }

  private static RawRequest act(String fault) {
    return RawRequest.post("m", "{}").path("/sabotage/" + fault);
  }

  private RawAnswer acted(String fault) {
    return RawCaller.ask(road, act(fault));
  }

  private void stableIsWell() {
    assertThat(RawCaller.ask(road, RawRequest.call("m", "1", "echo", "{}")).status())
        .isEqualTo(200);
  }

  private AlphaLane lane() {
    return road.trials().lanes().getFirst();
  }

  @Test
  void answersWhatItIsAsked() {
    assertThat(acted("nothing").text()).isEqualTo("fine");
    road.settle();
  }

  @Test
  void isByteForByteWhatNobodyServesWhileItsFlagIsOff() {
    flags.onFor("labs");
    RawAnswer unknown = RawCaller.ask(road, RawRequest.post("m", "{}").path("/nowhere/at-all"));
    assertThat(acted("nothing").text()).isEqualTo(unknown.text());
    assertThat(acted("nothing").status()).isEqualTo(unknown.status());
    assertThat(acted("nothing").fields()).isEqualTo(unknown.fields());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stack",
        "bug",
        "lost",
        "hang",
        "block",
        "loops",
        "silent",
        "internal",
        "status",
        "type",
        "field"
      })
  void failsAsIfThereWereNoSuchThing(String fault) {
    RawAnswer unknown = RawCaller.ask(road, RawRequest.post("m", "{}").path("/nowhere/at-all"));
    RawAnswer failed = acted(fault);
    assertThat(failed.status()).isEqualTo(404);
    assertThat(failed.text()).isEqualTo(unknown.text());
    stableIsWell();
    assertThat(flags.failures()).hasSize(1);
    Eventually.holds("its place is free", () -> lane().open() == 0);
    road.exchanges().mustBeSound();
  }

  @Test
  void isCutOffWhereItLeavesAStreamOpen() {
    try (RawCaller caller = RawCaller.to(road)) {
      caller.send(act("leak")).head();
      assertThat(caller.status()).isEqualTo(200);
      assertThat(caller.data()).isEqualTo("{}");
      assertThat(caller.cutOff()).isTrue();
    }
    stableIsWell();
    Eventually.holds("its place is free", () -> lane().open() == 0);
  }

  @Test
  void isCutOffWhereItSaysMoreThanItsCallerReads() {
    try (RawCaller caller = RawCaller.slowly(road)) {
      caller.send(act("flood"));
      Eventually.holds("it is noticed", () -> !flags.failures().isEmpty());
    }
    assertThat(flags.failures().getFirst()).hasMessageContaining("more than its caller reads");
    stableIsWell();
  }

  @Test
  void hasNoMorePlacesThanItsFlagSays() {
    List<RawCaller> callers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      callers.add(RawCaller.to(road).send(act("hang")));
    }
    Eventually.holds("all places are taken", () -> lane().open() == 4);
    assertThat(acted("nothing").status()).isEqualTo(503);
    stableIsWell();
    callers.forEach(RawCaller::close);
    Eventually.holds("they are given back", () -> lane().open() == 0);
    assertThat(acted("nothing").text()).isEqualTo("fine");
    LockSupport.parkNanos(TIME.toNanos());
    assertThat(flags.failures()).as("who had no place has not failed").hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void waitsForAPlaceAsFarAsItsFlagAllows() {
    road.close();
    Trying patient =
        new Trying(new LaneLimits(1, 1, 0.05, TIME, 64 * 1024, 16, 0.9, Optional.empty()));
    road = opened(patient);
    try (RawCaller first = RawCaller.to(road);
        RawCaller second = RawCaller.to(road)) {
      first.send(act("hang"));
      Eventually.holds("the place is taken", () -> lane().open() == 1);
      second.send(act("nothing"));
      Eventually.holds("one waits", () -> lane().open() == 2);
      assertThat(acted("nothing").status()).isEqualTo(503);
      assertThat(first.answer().status()).isEqualTo(404);
      assertThat(second.answer().status()).isIn(200, 404);
    }
    Eventually.holds("all are given back", () -> lane().open() == 0);
    assertThat(acted("nothing").text()).isEqualTo("fine");
  }

  @Test
  void goesOnWhereOneOfItsWorkersIsBlocked() {
    road.close();
    road = opened(new Trying(Trying.within(Duration.ofSeconds(20))));
    assertThat(acted("nothing").text()).isEqualTo("fine");
    try (RawCaller blocked = RawCaller.to(road).send(act("block"))) {
      Eventually.holds("it is under way", () -> lane().open() == 1);
      assertThat(acted("nothing").text()).isEqualTo("fine");
      saboteur.release();
      assertThat(blocked.answer().text()).isEqualTo("fine");
    }
  }

  @Test
  void takesNoMoreBytesThanItsFlagSays() {
    RawAnswer answer = RawCaller.ask(road, act("nothing").body("x".repeat(64 * 1024 + 1)));
    assertThat(answer.status()).isEqualTo(413);
    stableIsWell();
  }

  @Test
  void turnsItselfOffAndStaysOffUntilItIsArmed() {
    for (int i = 0; i < 10; i++) {
      acted("bug");
    }
    assertThat(flags.why()).hasValueSatisfying(why -> assertThat(why).contains("10 of its last"));
    assertThat(acted("nothing").status()).isEqualTo(404);
    assertThat(flags.failures()).hasSize(10);
    stableIsWell();
    flags.clear();
    road.trials().flagsChanged();
    assertThat(acted("nothing").text()).isEqualTo("fine");
  }

  @Test
  void comesBackWithOtherWorkersWhereAllOfThemAreBlocked() {
    List<RawCaller> callers = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 4; i++) {
        callers.add(RawCaller.to(road).send(act("block")));
      }
      callers.forEach(caller -> assertThat(caller.answer().status()).isIn(404, 503));
      callers.forEach(RawCaller::close);
      callers.clear();
    }
    assertThat(flags.why()).isPresent();
    stableIsWell();
    flags.clear();
    road.trials().flagsChanged();
    assertThat(acted("nothing").text()).isEqualTo("fine");
  }

  @Test
  void endsWhatIsOpenWhenItIsTurnedOff() {
    road.close();
    Trying longer = new Trying(Trying.within(Duration.ofMinutes(1)));
    road = opened(longer);
    try (RawCaller caller = RawCaller.to(road)) {
      caller.send(act("leak")).head();
      assertThat(caller.data()).isEqualTo("{}");
      longer.onFor();
      road.trials().flagsChanged();
      assertThat(caller.cutOff()).isTrue();
    }
    assertThat(longer.failures()).as("nobody's fault").isEmpty();
  }
}
