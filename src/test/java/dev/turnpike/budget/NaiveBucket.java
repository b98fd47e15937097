package dev.turnpike.budget;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The bucket as one would explain it: from the whole story, in fractions, each time anew. */
final class NaiveBucket implements Counter {
  private final Duration window;
  private final BigInteger windowNanos;
  private final List<Event> story = new ArrayList<>();

  /** Units spent at a time, when the limit was this. */
  private record Event(long nanos, long limit, long units) {}

  NaiveBucket(Duration window, long nanos) {
    this.window = window;
    this.windowNanos = BigInteger.valueOf(window.toNanos());
    story.add(new Event(nanos, 1, 0));
  }

  /** In units by the nanoseconds of the window. */
  private BigInteger spent() {
    BigInteger spent = BigInteger.ZERO;
    long before = story.getFirst().nanos();
    for (Event event : story) {
      BigInteger refilled =
          BigInteger.valueOf(event.nanos() - before).multiply(BigInteger.valueOf(event.limit()));
      spent = spent.subtract(refilled).max(BigInteger.ZERO);
      spent = spent.add(windowNanos.multiply(BigInteger.valueOf(event.units())));
      spent = spent.max(BigInteger.ZERO);
      before = event.nanos();
    }
    return spent;
  }

  @Override
  public Level take(Moment now, long limit, long amount) {
    long left = look(now, limit, amount).left();
    boolean taken = amount == 0 || left >= amount || left == limit;
    if (taken) {
      story.add(new Event(now.nanos(), limit, amount));
    }
    return level(taken, limit, amount);
  }

  @Override
  public Level look(Moment now, long limit, long amount) {
    story.add(new Event(now.nanos(), limit, 0));
    return level(false, limit, amount);
  }

  @Override
  public void settle(Level taken, long more) {
    Event last = story.getLast();
    story.add(new Event(last.nanos(), last.limit(), more));
  }

  @Override
  public boolean idle(Moment now, long limit) {
    look(now, limit, 1);
    return spent().signum() == 0;
  }

  private Level level(boolean taken, long limit, long amount) {
    BigInteger full = windowNanos.multiply(BigInteger.valueOf(limit));
    BigInteger left = full.subtract(spent()).max(BigInteger.ZERO).divide(windowNanos);
    // what has to be there before the same question is answered with yes
    BigInteger wanted = BigInteger.valueOf(Math.max(1, Math.min(amount, limit)));
    boolean lacking = left.signum() == 0 || (!taken && left.compareTo(wanted) < 0);
    BigInteger aim = lacking ? full.subtract(windowNanos.multiply(wanted)) : BigInteger.ZERO;
    BigInteger missing = spent().subtract(aim);
    BigInteger[] nanos = missing.divideAndRemainder(BigInteger.valueOf(limit));
    BigInteger reset = nanos[1].signum() == 0 ? nanos[0] : nanos[0].add(BigInteger.ONE);
    return new Level(
        taken, left.longValueExact(), Duration.ofNanos(reset.longValueExact()), window, 0);
  }
}
