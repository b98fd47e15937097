package dev.turnpike.testkit;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, and fails where it does not come. */
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long STEP_NANOS = MILLISECONDS.toNanos(2);

  private Eventually() {}

  /** Returns as soon as the condition holds; fails, naming it, where it does not in 10 s. */
  public static void holds(String what, BooleanSupplier condition) {
    holds(what, PATIENCE, condition);
  }

  /** Likewise, within that time. */
  public static void holds(String what, Duration patience, BooleanSupplier condition) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("did not come to pass: " + what);
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }
}
