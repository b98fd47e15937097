package dev.turnpike.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarCountTest extends CalendarContract {
  @Override
  Counter day() {
    return CalendarCount.day(clock.instant());
  }

  @Override
  Counter month() {
    return CalendarCount.month(clock.instant());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void agreesWithTheNaiveOne(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean monthly = random.nextBoolean();
    Instant wall = Instant.parse("2027-12-30T22:00:00Z");
    Counter count = monthly ? CalendarCount.month(wall) : CalendarCount.day(wall);
    Counter naive = new NaiveCalendar(monthly);
    for (int step = 0; step < 500; step++) {
      wall = wall.plusSeconds(random.nextLong(monthly ? 200_000 : 20_000));
      Moment now = new Moment(0, wall);
      long limit = random.nextLong(1, 12);
      Level level = count.take(now, limit, 1);
      assertThat(level).isEqualTo(naive.take(now, limit, 1));
      if (level.taken() && random.nextInt(3) == 0) {
        count.settle(level, -1);
        naive.settle(level, -1);
      }
      assertThat(count.idle(now, limit)).isEqualTo(naive.idle(now, limit));
    }
  }

  @Test
  void givesNoSecondLimitToAClockThatStepsBackOverMidnight() {
    clock.set("2026-11-24T00:00:01Z");
    Counter day = day();
    assertThat(day.take(clock.now(), 1, 1).taken()).isTrue();
    clock.set("2026-11-23T23:59:59Z");
    assertThat(day.take(clock.now(), 1, 1).taken()).isFalse();
    clock.set("2026-11-24T00:00:02Z");
    assertThat(day.take(clock.now(), 1, 1).taken()).isFalse();
  }

  @Test
  void comesBackFromAClockThatWasFarAheadAndKeepsWhatWasUsed() {
    clock.set("2031-01-01T00:00:00Z");
    Counter day = day();
    day.take(clock.now(), 1, 1);
    clock.set("2026-11-23T12:00:00Z");
    assertThat(day.take(clock.now(), 1, 1).taken()).isFalse();
    clock.set("2026-11-24T00:00:00Z");
    assertThat(day.take(clock.now(), 1, 1).taken()).isTrue();
  }
}
