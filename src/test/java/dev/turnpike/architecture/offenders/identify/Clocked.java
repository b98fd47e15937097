package dev.turnpike.architecture.offenders.identify;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Fetches the time in every way there is. */
final class Clocked {
  private Clocked() {}

  static long called() {
    return System.nanoTime();
  }

  static LongSupplier referred() {
    return System::currentTimeMillis;
  }

  static Instant now() {
    return Instant.now();
  }

  static Clock clock() {
    return Clock.systemUTC();
  }

  static void slept() throws InterruptedException {
    Thread.sleep(1);
    TimeUnit.SECONDS.sleep(1);
  }
}
