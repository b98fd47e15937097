package dev.turnpike.accept;

import dev.turnpike.exchange.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether there is room for one more: exchanges under way and bytes of their bodies over the whole
 * process, and how late the event loop of the caller is. Thread-safe.
 */
final class Admission {
  private static final long BEAT_MILLIS = 5;
  private static final long BEAT_NANOS = Duration.ofMillis(BEAT_MILLIS).toNanos();

  private final Alarm alarm;
  private final AcceptLimits.Room limits;
  private final Ticker ticker;
  private final AtomicInteger exchanges = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final Map<Thread, Pulse> pulses = new ConcurrentHashMap<>();

  /** Runs something later, on the event loop that this is called on. */
  @FunctionalInterface
  interface Alarm {
    void after(long millis, Runnable action);
  }

  Admission(Alarm alarm, AcceptLimits.Room limits, Ticker ticker) {
    this.alarm = alarm;
    this.limits = limits;
    this.ticker = ticker;
  }

  /** One exchange more, whatever becomes of it; false when there are too many. */
  boolean enter() {
    return exchanges.incrementAndGet() <= limits.exchanges();
  }

  /**
   * Whether there are so many too many that none of them is worth being read to its end; below
   * that, whoever is turned away keeps the connection.
   */
  boolean flooded() {
    return exchanges.get() > 2L * limits.exchanges();
  }

  /** Bytes of a body more; false when all bodies together are too large. */
  boolean hold(int more) {
    return bytes.addAndGet(more) <= limits.bodies();
  }

  /**
   * An exchange is over.
   *
   * @param held what of its body was told to {@link #hold}
   */
  void leave(long held) {
    exchanges.decrementAndGet();
    bytes.addAndGet(-held);
  }

  int exchanges() {
    return exchanges.get();
  }

  long bytes() {
    return bytes.get();
  }

  /**
   * Whether the event loop that this is called on has had more to do than it can, without a pause,
   * for some while. A single long moment, such as a collection of garbage, is none of that.
   */
  boolean late() {
    return pulses.computeIfAbsent(Thread.currentThread(), _ -> new Pulse()).late();
  }

  /** The pulse of one event loop: a timer that comes late when the loop does. */
  private final class Pulse {
    private boolean beating;
    private long dueNanos;
    private boolean behind;
    private long behindSinceNanos;
    private long beatNanos;

    boolean late() {
      long now = ticker.nanos();
      if (!beating) {
        // a loop without requests has no pulse, and costs nothing; nor is it behind
        behind &= now - beatNanos < limits.lateness().toNanos();
        beating = true;
        dueNanos = now + BEAT_NANOS;
        alarm.after(BEAT_MILLIS, this::beat);
        return false;
      }
      if (now - dueNanos < limits.lateness().toNanos()) {
        return false;
      }
      if (!behind) {
        behind = true;
        behindSinceNanos = now;
      }
      return now - behindSinceNanos >= limits.lateFor().toNanos();
    }

    private void beat() {
      beating = false;
      beatNanos = ticker.nanos();
      behind &= beatNanos - dueNanos >= limits.lateness().toNanos();
    }
  }
}
