package dev.turnpike.store;

import dev.turnpike.budget.SharedStore.Counter;
import dev.turnpike.budget.SharedStore.Need;
import dev.turnpike.budget.SharedStore.Spent;
import dev.turnpike.config.BudgetSpec.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The store as one would explain it, in whole units: each counter has a limit of 60, and a bucket
 * gets one unit a second. Time moves by whole seconds.
 */
final class NaiveStore {
  record Open(int who, String reservation, List<Need> needs) {}

  record Answer(List<Boolean> enough, List<Long> left) {}

  private record Part(Counter counter, long amount, long charge, Instant window) {}

  private static final int LIMIT = 60;
  private static final int STEP_SECONDS = 3_600;

  private Instant now;
  private final Map<Counter, Long> used = new HashMap<>();
  private final Map<Counter, Instant> asOf = new HashMap<>();
  private final Map<String, Map<String, List<Part>>> reservations = new HashMap<>();
  private final Map<String, Instant> beats = new LinkedHashMap<>();

  NaiveStore(Instant now) {
    this.now = now;
  }

  void at(Instant instant) {
    now = instant;
  }

  // the beginning of the window that it counts in: of a bucket, always the same
  private Instant window(Counter counter, Instant at) {
    LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
    return switch (counter.window()) {
      case Window.Rolling _, Window.Open _ -> Instant.EPOCH;
      case Window.Day _ -> day.atStartOfDay(ZoneOffset.UTC).toInstant();
      case Window.Month _ -> day.withDayOfMonth(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    };
  }

  private void turn(Counter counter) {
    if (counter.window() instanceof Window.Rolling) {
      Instant before = asOf.getOrDefault(counter, now);
      long seconds = now.getEpochSecond() - before.getEpochSecond();
      if (seconds > 0) {
        used.merge(counter, 0L, (is, _) -> Math.max(0, is - seconds));
      }
      boolean keep = seconds < 0 && -seconds <= STEP_SECONDS;
      asOf.put(counter, keep ? before : now);
      return;
    }
    Instant before = asOf.get(counter);
    boolean stepped =
        before != null
            && before.isAfter(now)
            && before.getEpochSecond() - now.getEpochSecond() <= STEP_SECONDS;
    Instant here = stepped ? before : window(counter, now);
    if (before != null && before.isBefore(here)) {
      used.put(counter, 0L);
    }
    asOf.put(counter, here);
  }

  private Instant epoch(Counter counter) {
    return counter.window() instanceof Window.Rolling
        ? Instant.EPOCH
        : asOf.getOrDefault(counter, Instant.EPOCH);
  }

  long left(Counter counter) {
    turn(counter);
    return Math.max(0, LIMIT - used.getOrDefault(counter, 0L));
  }

  private void add(Counter counter, long units) {
    used.merge(counter, Math.max(0, units), (is, _) -> Math.max(0, is + units));
  }

  Answer take(String replica, String reservation, List<Need> needs) {
    List<Boolean> enough = new ArrayList<>();
    boolean all = true;
    for (Need need : needs) {
      long amount = ((Need.Exact) need).amount();
      boolean has = amount == 0 || left(need.counter()) >= Math.min(amount, LIMIT);
      enough.add(has);
      all &= has || !need.binding();
    }
    List<Part> parts = new ArrayList<>();
    List<Long> left = new ArrayList<>();
    for (int i = 0; i < needs.size(); i++) {
      Need.Exact need = (Need.Exact) needs.get(i);
      if (all && enough.get(i) && need.amount() > 0) {
        add(need.counter(), need.amount());
        parts.add(new Part(need.counter(), need.amount(), need.charge(), epoch(need.counter())));
      }
      left.add(left(need.counter()));
    }
    if (!parts.isEmpty()) {
      reservations.computeIfAbsent(replica, _ -> new HashMap<>()).put(reservation, parts);
    }
    return new Answer(enough, left);
  }

  void settle(String replica, String reservation, List<Spent> spent, boolean again) {
    List<Part> parts = reservations.getOrDefault(replica, new HashMap<>()).remove(reservation);
    if (parts == null && again) {
      return;
    }
    for (Spent one : spent) {
      turn(one.counter());
      List<Part> taken =
          parts == null
              ? List.of()
              : parts.stream().filter(part -> part.counter().equals(one.counter())).toList();
      if (taken.isEmpty()) {
        add(one.counter(), one.used());
      } else if (taken.getFirst().window().equals(epoch(one.counter()))) {
        add(one.counter(), one.used() - taken.getFirst().amount());
      }
    }
  }

  int beat(String replica) {
    beats.put(replica, now);
    for (String other : List.copyOf(beats.keySet())) {
      if (dead(other)) {
        reservations
            .getOrDefault(other, Map.of())
            .values()
            .forEach(parts -> parts.forEach(this::sweep));
        reservations.remove(other);
        beats.remove(other);
      }
    }
    return beats.size();
  }

  private boolean dead(String replica) {
    return !beats.getOrDefault(replica, Instant.EPOCH).isAfter(now.minusSeconds(10));
  }

  private void sweep(Part part) {
    if (part.window().equals(epoch(part.counter()))) {
      add(part.counter(), part.charge() - part.amount());
    }
  }
}
