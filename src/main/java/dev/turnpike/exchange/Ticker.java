package dev.turnpike.exchange;

/**
 * Monotonic nanoseconds, from no fixed point. The only clock that a step may read for durations.
 */
@FunctionalInterface
public interface Ticker {
  long nanos();
}
