package dev.turnpike.budget;

import java.math.BigInteger;
import java.time.Duration;

/**
 * A token bucket: holds the limit, and refills evenly so that an empty one is full after the
 * window. What is spent is kept as whole units and a rest in parts of one unit by the nanoseconds
 * of the window; nothing is ever rounded. What was spent beyond the limit is a debt, and refills
 * first.
 */
final class Bucket implements Counter {
  private final Duration window;
  private final long windowNanos;
  private long whole;
  private long rest;
  private long at;

  Bucket(Duration window, long nanos) {
    this.window = window;
    this.windowNanos = window.toNanos();
    this.at = nanos;
  }

  @Override
  public Level take(Moment now, long limit, long amount) {
    refill(now.nanos(), limit);
    boolean taken = amount == 0 || left(limit) >= Math.min(amount, limit);
    if (taken) {
      whole += amount;
    }
    return level(taken, limit, amount);
  }

  @Override
  public Level look(Moment now, long limit, long amount) {
    refill(now.nanos(), limit);
    return level(false, limit, amount);
  }

  @Override
  public void settle(Level taken, long more) {
    whole += more;
    if (whole < 0) {
      whole = 0;
      rest = 0;
    }
  }

  @Override
  public boolean idle(Moment now, long limit) {
    refill(now.nanos(), limit);
    return whole == 0 && rest == 0;
  }

  private void refill(long nanos, long limit) {
    long elapsed = nanos - at;
    // threads read the clock before they come here, and may come in another order
    if (elapsed <= 0) {
      return;
    }
    at = nanos;
    if (fits(elapsed, limit)) {
      lower(elapsed * limit / windowNanos, elapsed * limit % windowNanos);
    } else {
      BigInteger[] parts =
          BigInteger.valueOf(elapsed)
              .multiply(BigInteger.valueOf(limit))
              .divideAndRemainder(BigInteger.valueOf(windowNanos));
      lower(saturated(parts[0]), parts[1].longValueExact());
    }
  }

  private void lower(long byWhole, long byRest) {
    whole -= byWhole;
    rest -= byRest;
    if (rest < 0) {
      rest += windowNanos;
      whole--;
    }
    if (whole < 0) {
      whole = 0;
      rest = 0;
    }
  }

  private long left(long limit) {
    return Math.max(0, limit - whole - (rest > 0 ? 1 : 0));
  }

  private Level level(boolean taken, long limit, long amount) {
    long left = left(limit);
    long wanted = Math.clamp(amount, 1, limit);
    boolean lacking = left == 0 || (!taken && left < wanted);
    long untilWhole = lacking ? whole - (limit - wanted) : whole;
    return new Level(taken, left, Duration.ofNanos(nanosFor(untilWhole, limit)), window, 0);
  }

  /** How long it takes to refill so many units and the rest. */
  private long nanosFor(long units, long limit) {
    if (fits(units, windowNanos) && units * windowNanos <= Long.MAX_VALUE - rest) {
      return Math.ceilDiv(units * windowNanos + rest, limit);
    }
    BigInteger[] parts =
        BigInteger.valueOf(units)
            .multiply(BigInteger.valueOf(windowNanos))
            .add(BigInteger.valueOf(rest))
            .divideAndRemainder(BigInteger.valueOf(limit));
    return saturated(parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE));
  }

  private static boolean fits(long one, long other) {
    return Math.multiplyHigh(one, other) == 0 && one * other >= 0;
  }

  private static long saturated(BigInteger value) {
    return value.bitLength() > 63 ? Long.MAX_VALUE : value.longValue();
  }
}
