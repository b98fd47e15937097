package dev.turnpike.lane;

import dev.turnpike.flags.LaneLimits;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Watches how the last calls of an alpha went, and says when it is to be turned off. Says so once.
 * Thread-safe.
 */
final class Breaker {
  /** Calls that are looked back at. */
  static final int WINDOW = 50;

  /** Failures among fewer calls say nothing yet. */
  static final int LEAST = 10;

  private final LaneLimits limits;
  private final boolean[] failed = new boolean[WINDOW];
  private final long[] nanos = new long[WINDOW];
  private int calls;
  private volatile boolean open;

  Breaker(LaneLimits limits) {
    this.limits = limits;
  }

  boolean isOpen() {
    return open;
  }

  /**
   * Takes one more call.
   *
   * @return why the alpha is to be turned off, where this was the call too many
   */
  synchronized Optional<String> took(boolean well, Duration time) {
    failed[calls % WINDOW] = !well;
    nanos[calls % WINDOW] = time.toNanos();
    calls++;
    Optional<String> why = open ? Optional.empty() : verdict();
    open |= why.isPresent();
    return why;
  }

  /** Begins anew where it is open; the count of one that is closed goes on. */
  synchronized void close() {
    if (open) {
      calls = 0;
      open = false;
    }
  }

  private Optional<String> verdict() {
    int seen = Math.min(calls, WINDOW);
    if (seen < LEAST) {
      return Optional.empty();
    }
    int failures = 0;
    for (int i = 0; i < seen; i++) {
      failures += failed[i] ? 1 : 0;
    }
    if (failures > 0 && failures >= limits.errorRate() * seen) {
      return Optional.of(
          "%d of its last %d calls failed (breakerErrorRate %s)"
              .formatted(failures, seen, limits.errorRate()));
    }
    return limits
        .p99()
        .filter(_ -> seen == WINDOW)
        .filter(bound -> p99() > bound.toNanos())
        .map(bound ->
            "the slowest of its last %d calls took %d ms (breakerP99Ms %d)"
                .formatted(WINDOW, p99() / 1_000_000, bound.toMillis()));
  }

  // a hundredth of so few is less than one: it is the slowest
  private long p99() {
    return Arrays.stream(nanos).max().orElse(0);
  }
}
