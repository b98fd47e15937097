package dev.turnpike.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.config.BudgetSpec.Window;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CountersTest {
  private final TestClock clock = new TestClock();
  private final Counters counters =
      new Counters(new Window.Rolling(Duration.ofMinutes(1)), 2, clock.now());

  private boolean take(String key) {
    return counters.take(key, clock.now(), 1, 1).level().taken();
  }

  @Test
  void countsEachValueApart() {
    assertThat(take("a")).isTrue();
    assertThat(take("b")).isTrue();
    assertThat(take("a")).isFalse();
  }

  @Test
  void countsNewValuesTogetherWhereThereAreTooMany() {
    take("a");
    take("b");
    assertThat(take("c")).isTrue();
    assertThat(take("d")).isFalse();
    assertThat(counters.look("e", clock.now(), 1, 1).left()).isZero();
    assertThat(counters.size()).isEqualTo(2);
  }

  @Test
  void makesRoomByDroppingWhatIsAsGoodAsNew() {
    take("a");
    clock.pass(Duration.ofSeconds(30));
    take("b");
    take("c");
    clock.pass(Duration.ofSeconds(30));
    assertThat(take("d")).isTrue();
    assertThat(counters.size()).isEqualTo(2);
    assertThat(take("b")).as("still spent").isFalse();
    assertThat(take("d")).as("counted apart").isFalse();
  }

  @Test
  void looksForRoomAtMostOnceASecond() {
    take("a");
    clock.pass(Duration.ofMillis(59_500));
    take("b");
    take("overflow");
    clock.pass(Duration.ofMillis(600));
    take("c");
    assertThat(counters.look("a", clock.now(), 1, 1).left()).as("not swept yet").isEqualTo(1);
    clock.pass(Duration.ofMillis(600));
    take("c");
    assertThat(take("c")).isFalse();
  }

  @Test
  void countsOnInANewSlotWhenTheOldOneWasRetired() {
    Slot slot = new Slot(new Bucket(Duration.ofMinutes(1), clock.nanos()));
    assertThat(slot.retire(clock.now(), 1)).isTrue();
    assertThat(slot.take(clock.now(), 1, 1)).isEmpty();
    Slot busy = new Slot(new Bucket(Duration.ofMinutes(1), clock.nanos()));
    busy.take(clock.now(), 1, 1);
    assertThat(busy.retire(clock.now(), 1)).isFalse();
  }
}
