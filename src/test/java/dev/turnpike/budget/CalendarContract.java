package dev.turnpike.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a calendar window promises, whoever keeps it. */
abstract class CalendarContract {
  final TestClock clock = new TestClock();

  abstract Counter day();

  abstract Counter month();

  @Test
  void countsADayFromMidnightToMidnightInUtc() {
    clock.set("2026-11-23T23:59:59.999Z");
    Counter day = day();
    assertThat(day.take(clock.now(), 1, 1).taken()).isTrue();
    Level level = day.take(clock.now(), 1, 1);
    assertThat(level.taken()).isFalse();
    assertThat(level.reset()).isEqualTo(Duration.ofMillis(1));
    assertThat(level.window()).isEqualTo(Duration.ofDays(1));
    clock.set("2026-11-24T00:00:00Z");
    assertThat(day.idle(clock.now(), 1)).isTrue();
    assertThat(day.take(clock.now(), 1, 1).taken()).isTrue();
  }

  @Test
  void countsAMonthFromItsFirstDayInUtc() {
    clock.set("2028-02-01T00:00:00Z");
    Counter month = month();
    assertThat(month.take(clock.now(), 2, 1).left()).isEqualTo(1);
    clock.set("2028-02-29T23:00:00Z");
    Level level = month.take(clock.now(), 2, 1);
    assertThat(level.taken()).isTrue();
    assertThat(level.left()).isZero();
    assertThat(level.reset()).isEqualTo(Duration.ofHours(1));
    assertThat(level.window()).isEqualTo(Duration.ofDays(29));
    clock.set("2028-03-01T00:00:00Z");
    assertThat(month.look(clock.now(), 2, 1).left()).isEqualTo(2);
  }

  @Test
  void skipsWindowsInWhichNobodyCalled() {
    Counter month = month();
    month.take(clock.now(), 5, 1);
    clock.set("2029-01-31T10:00:00Z");
    assertThat(month.take(clock.now(), 5, 1).left()).isEqualTo(4);
  }

  @Test
  void givesBackOnlyWithinTheWindow() {
    Counter day = day();
    Level taken = day.take(clock.now(), 2, 1);
    day.settle(taken, -1);
    assertThat(day.look(clock.now(), 2, 1).left()).isEqualTo(2);
    taken = day.take(clock.now(), 2, 1);
    clock.set("2026-11-24T08:00:00Z");
    day.take(clock.now(), 2, 1);
    day.settle(taken, -1);
    assertThat(day.look(clock.now(), 2, 1).left()).isEqualTo(1);
  }

  @Test
  void keepsWhatWasUsedUnderAnotherLimit() {
    Counter day = day();
    day.take(clock.now(), 2, 1);
    day.take(clock.now(), 2, 1);
    assertThat(day.look(clock.now(), 5, 1).left()).isEqualTo(3);
    assertThat(day.look(clock.now(), 1, 1).left()).isZero();
  }
}
