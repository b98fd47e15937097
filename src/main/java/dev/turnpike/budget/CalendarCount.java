package dev.turnpike.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Function;

/** Counts from one date to the next, UTC: a day, or a month. */
final class CalendarCount implements Counter {
  /** A wall clock that steps back by less than this does not lead back into a window that ended. */
  private static final Duration STEP = Duration.ofHours(1);

  private final Function<LocalDate, LocalDate> first;
  private final Function<LocalDate, LocalDate> next;
  private Instant start = Instant.MAX;
  private Instant end = Instant.MIN;
  private long used;

  private CalendarCount(
      Function<LocalDate, LocalDate> first, Function<LocalDate, LocalDate> next, Instant wall) {
    this.first = first;
    this.next = next;
    enter(wall);
  }

  static CalendarCount day(Instant wall) {
    return new CalendarCount(day -> day, day -> day.plusDays(1), wall);
  }

  static CalendarCount month(Instant wall) {
    return new CalendarCount(day -> day.withDayOfMonth(1), day -> day.plusMonths(1), wall);
  }

  @Override
  public Level take(Moment now, long limit, long amount) {
    turn(now.wall());
    boolean taken = limit - used >= Math.min(amount, limit) || amount == 0;
    if (taken) {
      used += amount;
    }
    return level(taken, now, limit);
  }

  @Override
  public Level look(Moment now, long limit, long amount) {
    turn(now.wall());
    return level(false, now, limit);
  }

  @Override
  public void settle(Level taken, long more) {
    if (taken.epoch() == start.getEpochSecond()) {
      used = Math.max(0, used + more);
    }
  }

  @Override
  public boolean idle(Moment now, long limit) {
    turn(now.wall());
    return used == 0;
  }

  private void turn(Instant wall) {
    if (!wall.isBefore(end)) {
      enter(wall);
      used = 0;
    } else if (wall.isBefore(start.minus(STEP))) {
      // the clock had been far ahead: back to the true window, and what was used stays used
      enter(wall);
    }
  }

  private void enter(Instant wall) {
    LocalDate from = first.apply(LocalDate.ofInstant(wall, ZoneOffset.UTC));
    start = from.atStartOfDay(ZoneOffset.UTC).toInstant();
    end = next.apply(from).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private Level level(boolean taken, Moment now, long limit) {
    return new Level(
        taken,
        Math.max(0, limit - used),
        Duration.between(now.wall(), end),
        Duration.between(start, end),
        start.getEpochSecond());
  }
}
