package dev.turnpike.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The calendar window as one would explain it: how many of all calls bear the date of now. */
final class NaiveCalendar implements Counter {
  private final boolean monthly;
  private final List<Instant> calls = new ArrayList<>();

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
    return calls.stream().filter(call -> start(call).equals(start(at))).count();
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
  public Level take(Moment now, long limit) {
    boolean taken = used(now.wall()) < limit;
    if (taken) {
      calls.add(now.wall());
    }
    return level(taken, now.wall(), limit);
  }

  @Override
  public Level look(Moment now, long limit) {
    return level(false, now.wall(), limit);
  }

  @Override
  public void giveBack(Level taken) {
    for (Instant call : calls) {
      if (start(call).getEpochSecond() == taken.epoch()) {
        calls.remove(call);
        return;
      }
    }
  }

  @Override
  public boolean idle(Moment now, long limit) {
    return used(now.wall()) == 0;
  }
}
