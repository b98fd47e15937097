package dev.turnpike.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.flags.LaneLimits;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When an alpha is turned off, and when not yet. */
class BreakerTest {
  private static final Duration FAST = Duration.ofMillis(5);
  private static final Duration SLOW = Duration.ofMillis(101);

  private static Breaker breaker(double errorRate, Optional<Duration> p99) {
    return new Breaker(new LaneLimits(1, 0, 0.05, Duration.ofSeconds(1), 1_000, 8, errorRate, p99));
  }

  private static void take(Breaker breaker, int calls, boolean well, Duration time) {
    for (int i = 0; i < calls; i++) {
      assertThat(breaker.took(well, time)).isEmpty();
    }
  }

  @Test
  void saysNothingOfFewCallsAndThenWhyAndOnce() {
    Breaker breaker = breaker(0.5, Optional.empty());
    take(breaker, Breaker.LEAST - 1, false, FAST);
    assertThat(breaker.isOpen()).isFalse();
    assertThat(breaker.took(false, FAST).orElseThrow()).contains("10 of its last 10 calls failed");
    assertThat(breaker.isOpen()).isTrue();
    assertThat(breaker.took(false, FAST)).as("once").isEmpty();
  }

  @Test
  void opensAtTheShareAndNotBelowIt() {
    Breaker breaker = breaker(0.2, Optional.empty());
    take(breaker, 41, true, FAST);
    take(breaker, 9, false, FAST);
    assertThat(breaker.took(false, FAST).orElseThrow()).contains("10 of its last 50");
  }

  @Test
  void forgetsWhatIsLongerAgoThanItLooksBack() {
    Breaker breaker = breaker(0.2, Optional.empty());
    take(breaker, 50, true, FAST);
    for (int round = 0; round < 5; round++) {
      take(breaker, 9, false, FAST);
      take(breaker, 50, true, FAST);
    }
    assertThat(breaker.isOpen()).isFalse();
  }

  @Test
  void opensWhereTheSlowestOfAllThatItLooksBackOnIsTooSlow() {
    Breaker breaker = breaker(1, Optional.of(Duration.ofMillis(100)));
    take(breaker, 1, true, SLOW);
    take(breaker, Breaker.WINDOW - 2, true, FAST);
    assertThat(breaker.took(true, FAST).orElseThrow()).contains("breakerP99Ms 100");
  }

  @Test
  void beginsAnewWhenItIsClosedAndOnlyWhereItWasOpen() {
    Breaker breaker = breaker(0.5, Optional.empty());
    take(breaker, Breaker.LEAST - 1, false, FAST);
    breaker.close();
    assertThat(breaker.took(false, FAST)).as("it had counted nine").isPresent();
    breaker.close();
    assertThat(breaker.isOpen()).isFalse();
    take(breaker, Breaker.LEAST - 1, false, FAST);
  }
}
