package dev.turnpike.relay;

import dev.turnpike.exchange.Caller;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the streams that callers keep open ({@code turnpike.limits.streams-per-caller}).
 * Thread-safe.
 */
final class Standing {
  private final int limit;
  private final ConcurrentHashMap<Caller, Integer> open = new ConcurrentHashMap<>();

  Standing(int limit) {
    this.limit = limit;
  }

  /** Takes a place; false if the caller has all it may have. */
  boolean enter(Caller caller) {
    boolean[] entered = new boolean[1];
    open.compute(
        caller,
        (_, count) -> {
          int now = count == null ? 0 : count;
          entered[0] = now < limit;
          return entered[0] ? Integer.valueOf(now + 1) : count;
        });
    return entered[0];
  }

  void leave(Caller caller) {
    open.computeIfPresent(caller, (_, count) -> count == 1 ? null : Integer.valueOf(count - 1));
  }
}
