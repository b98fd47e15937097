package dev.turnpike.relay;

import dev.turnpike.exchange.Caller;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the streams that callers keep open ({@code turnpike.limits.streams-per-caller}).
 * Thread-safe.
 */
final class Standing {
  // nobody knows who an anonymous caller is: at least one endpoint cannot starve another
  private record Place(Caller caller, String endpoint) {}

  private final int limit;
  private final ConcurrentHashMap<Place, Integer> open = new ConcurrentHashMap<>();

  Standing(int limit) {
    this.limit = limit;
  }

  /** Takes a place; false if the caller has all it may have. */
  boolean enter(Caller caller, String endpoint) {
    boolean[] entered = new boolean[1];
    open.compute(
        new Place(caller, endpoint),
        (_, count) -> {
          int now = count == null ? 0 : count;
          entered[0] = now < limit;
          return entered[0] ? Integer.valueOf(now + 1) : count;
        });
    return entered[0];
  }

  void leave(Caller caller, String endpoint) {
    open.computeIfPresent(
        new Place(caller, endpoint), (_, count) -> count == 1 ? null : Integer.valueOf(count - 1));
  }
}
