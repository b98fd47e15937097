package dev.turnpike.relay;

import dev.turnpike.exchange.Caller;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what each caller has under way at each endpoint, up to a limit. Thread-safe. */
final class Places {
  // nobody knows who an anonymous caller is: at least one endpoint cannot starve another
  private record Place(Caller caller, String endpoint) {}

  private final int limit;
  private final ConcurrentHashMap<Place, Integer> taken = new ConcurrentHashMap<>();

  Places(int limit) {
    this.limit = limit;
  }

  /** Takes a place; false if the caller has all it may have. */
  boolean enter(Caller caller, String endpoint) {
    boolean[] entered = new boolean[1];
    taken.compute(
        new Place(caller, endpoint),
        (_, count) -> {
          int now = count == null ? 0 : count;
          entered[0] = now < limit;
          return entered[0] ? Integer.valueOf(now + 1) : count;
        });
    return entered[0];
  }

  void leave(Caller caller, String endpoint) {
    taken.computeIfPresent(
        new Place(caller, endpoint), (_, count) -> count == 1 ? null : Integer.valueOf(count - 1));
  }
}
