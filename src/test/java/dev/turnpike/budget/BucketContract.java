package dev.turnpike.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a token bucket promises, whoever keeps it. */
abstract class BucketContract {
  private final TestClock clock = new TestClock();

  abstract Counter bucket(Duration window, long nanos);

  private Counter minute() {
    return bucket(Duration.ofMinutes(1), clock.nanos());
  }

  @Test
  void letsTheLimitThroughAtOnceAndNoMore() {
    Counter bucket = minute();
    for (int left = 2; left >= 0; left--) {
      Level level = bucket.take(clock.now(), 3, 1);
      assertThat(level.taken()).isTrue();
      assertThat(level.left()).isEqualTo(left);
    }
    Level level = bucket.take(clock.now(), 3, 1);
    assertThat(level.taken()).isFalse();
    assertThat(level.reset()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void refillsEvenlyOverTheWindow() {
    Counter bucket = minute();
    for (int i = 0; i < 3; i++) {
      bucket.take(clock.now(), 3, 1);
    }
    clock.pass(Duration.ofSeconds(20).minusNanos(1));
    assertThat(bucket.take(clock.now(), 3, 1).taken()).isFalse();
    assertThat(bucket.look(clock.now(), 3, 1).reset()).isEqualTo(Duration.ofNanos(1));
    clock.pass(Duration.ofNanos(1));
    assertThat(bucket.take(clock.now(), 3, 1).taken()).isTrue();
    clock.pass(Duration.ofSeconds(40));
    assertThat(bucket.look(clock.now(), 3, 1).left()).isEqualTo(2);
  }

  @Test
  void holdsNoMoreThanTheLimitHoweverLongItRested() {
    Counter bucket = minute();
    bucket.take(clock.now(), 2, 1);
    clock.pass(Duration.ofDays(4000));
    assertThat(bucket.look(clock.now(), 2, 1).left()).isEqualTo(2);
    assertThat(bucket.idle(clock.now(), 2)).isTrue();
  }

  @Test
  void losesNothingByBeingAskedOften() {
    Counter bucket = bucket(Duration.ofNanos(7), clock.nanos());
    for (int i = 0; i < 3; i++) {
      bucket.take(clock.now(), 3, 1);
    }
    for (int i = 0; i < 7; i++) {
      clock.pass(Duration.ofNanos(1));
      bucket.look(clock.now(), 3, 1);
    }
    assertThat(bucket.look(clock.now(), 3, 1).left()).isEqualTo(3);
    assertThat(bucket.idle(clock.now(), 3)).isTrue();
  }

  @Test
  void saysWhenItIsFullWhileSomethingIsLeft() {
    Counter bucket = minute();
    assertThat(bucket.take(clock.now(), 60, 1).reset()).isEqualTo(Duration.ofSeconds(1));
    assertThat(bucket.take(clock.now(), 60, 1).reset()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void takesBackWhatWasGivenAndNeverOverfills() {
    Counter bucket = minute();
    Level taken = bucket.take(clock.now(), 1, 1);
    bucket.settle(taken, -1);
    assertThat(bucket.look(clock.now(), 1, 1).left()).isEqualTo(1);
    taken = bucket.take(clock.now(), 1, 1);
    clock.pass(Duration.ofMinutes(1));
    bucket.settle(taken, -1);
    assertThat(bucket.take(clock.now(), 1, 1).taken()).isTrue();
    assertThat(bucket.take(clock.now(), 1, 1).taken()).isFalse();
  }

  @Test
  void keepsWhatWasSpentUnderAnotherLimit() {
    Counter bucket = minute();
    for (int i = 0; i < 5; i++) {
      bucket.take(clock.now(), 5, 1);
    }
    assertThat(bucket.look(clock.now(), 8, 1).left()).isEqualTo(3);
    Level level = bucket.look(clock.now(), 2, 1);
    assertThat(level.left()).isZero();
    assertThat(level.reset()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void countsLargeLimitsOverLongWindowsExactly() {
    Counter bucket = bucket(Duration.ofDays(30), clock.nanos());
    long limit = 50_000_000_000L;
    bucket.take(clock.now(), limit, 1);
    assertThat(bucket.look(clock.now(), limit, 1).left()).isEqualTo(limit - 1);
    clock.pass(Duration.ofNanos(51_839));
    assertThat(bucket.look(clock.now(), limit, 1).left()).isEqualTo(limit - 1);
    clock.pass(Duration.ofNanos(1));
    assertThat(bucket.look(clock.now(), limit, 1).left()).isEqualTo(limit);
  }
}
