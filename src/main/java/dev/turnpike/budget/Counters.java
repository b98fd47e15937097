package dev.turnpike.budget;

import dev.turnpike.config.BudgetSpec.Window;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The counters of one budget, one for each value that it counts by. When there are too many, those
 * that are as good as new go; when there are still too many, new values share one counter.
 */
final class Counters {
  /** Values of one budget that are counted apart. */
  static final int MOST = 100_000;

  private static final long BETWEEN_SWEEPS_NANOS = 1_000_000_000;

  private final Window window;
  private final int most;
  private final ConcurrentMap<String, Slot> slots = new ConcurrentHashMap<>();
  private final Slot overflow;
  private final AtomicLong nextSweep;

  Counters(Window window, int most, Moment now) {
    this.window = window;
    this.most = most;
    this.overflow = new Slot(counter(now));
    this.nextSweep = new AtomicLong(now.nanos());
  }

  /** What was asked for, and the counter that answered. */
  record Taken(Slot slot, Level level) {}

  Taken take(String key, Moment now, long limit, long amount) {
    while (true) {
      Slot slot = slot(key, now, limit);
      Optional<Level> level = slot.take(now, limit, amount);
      if (level.isPresent()) {
        return new Taken(slot, level.get());
      }
      slots.remove(key, slot);
    }
  }

  Level look(String key, Moment now, long limit, long amount) {
    return slot(key, now, limit).look(now, limit, amount);
  }

  int size() {
    return slots.size();
  }

  private Slot slot(String key, Moment now, long limit) {
    Slot slot = slots.get(key);
    if (slot != null) {
      return slot;
    }
    if (slots.size() >= most) {
      sweep(now, limit);
      if (slots.size() >= most) {
        return overflow;
      }
    }
    return slots.computeIfAbsent(key, _ -> new Slot(counter(now)));
  }

  /** Rare however many new values come: one look at all of them takes milliseconds. */
  private void sweep(Moment now, long limit) {
    long due = nextSweep.get();
    if (now.nanos() - due >= 0
        && nextSweep.compareAndSet(due, now.nanos() + BETWEEN_SWEEPS_NANOS)) {
      slots.values().removeIf(slot -> slot.retire(now, limit));
    }
  }

  private Counter counter(Moment now) {
    return switch (window) {
      case Window.Rolling(var length) -> new Bucket(length, now.nanos());
      case Window.Day _ -> CalendarCount.day(now.wall());
      case Window.Month _ -> CalendarCount.month(now.wall());
      case Window.Open _ -> new OpenCount();
    };
  }
}
