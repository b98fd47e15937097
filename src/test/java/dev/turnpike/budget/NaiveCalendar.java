package dev.turnpike.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * The calendar window as one would explain it: how much of all that was spent bears the date of
 * now.
 */
final class NaiveCalendar implements Counter {
  private final boolean monthly;
  private final Map<Instant, Long> spent = new HashMap<>();

  NaiveCalendar(boolean monthly) {
    this.monthly = monthly;
  }

  private Instant start(Instant at) {
    LocalDate day = at.atZone(ZoneOffset.UTC).toLocalDate();
    return (monthly ? LocalDate.of(day.getYear(), day.getMonth(), 1) : day)
        .atStartOfDay()
        .toInstant(ZoneOffset.UTC);
  }

  private Instant end(Instant at) {
    LocalDate first = start(at).atZone(ZoneOffset.UTC).toLocalDate();
    return (monthly ? first.plusMonths(1) : first.plusDays(1))
        .atStartOfDay()
        .toInstant(ZoneOffset.UTC);
  }

  private long used(Instant at) {
    return spent.getOrDefault(start(at), 0L);
  }

  private Level level(boolean taken, Instant at, long limit) {
    return new Level(
        taken,
        Math.max(0, limit - used(at)),
        Duration.between(at, end(at)),
        Duration.between(start(at), end(at)),
        start(at).getEpochSecond());
  }

  @Override
  public Level take(Moment now, long limit, long amount) {
    long left = limit - used(now.wall());
    boolean taken = amount == 0 || left >= amount || left == limit;
    if (taken) {
      spent.merge(start(now.wall()), amount, Long::sum);
    }
    return level(taken, now.wall(), limit);
  }

  @Override
  public Level look(Moment now, long limit, long amount) {
    return level(false, now.wall(), limit);
  }

  @Override
  public void settle(Level taken, long more) {
    spent.compute(
        Instant.ofEpochSecond(taken.epoch()),
        (_, before) -> Math.max(0, (before == null ? 0 : before) + more));
  }

  @Override
  public boolean idle(Moment now, long limit) {
    return used(now.wall()) == 0;
  }
}
