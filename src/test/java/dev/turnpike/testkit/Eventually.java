package dev.turnpike.testkit;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, and fails where it does not come. */
public final class Eventually {
  private static final long DEADLINE_NANOS = SECONDS.toNanos(10);
  private static final long STEP_NANOS = MILLISECONDS.toNanos(2);

  private Eventually() {}

  /** Returns as soon as the condition holds; fails, naming it, where it does not in 10 s. */
  public static void holds(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + DEADLINE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("did not come to pass: " + what);
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }
}
