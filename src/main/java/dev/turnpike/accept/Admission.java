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
  private final AtomicInteger turned = new AtomicInteger();
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

  /** What became of one exchange more at the door. */
  enum Entry {
    ADMITTED,
    /** Read to its end and told to come later; it takes no place from who is admitted. */
    TURNED_AWAY,
    /** There are as many of those as of the admitted: not worth being read. */
    FLOODED
  }

  Entry enter() {
    if (exchanges.incrementAndGet() <= limits.exchanges()) {
      return Entry.ADMITTED;
    }
    exchanges.decrementAndGet();
    return turned.incrementAndGet() <= limits.exchanges() ? Entry.TURNED_AWAY : Entry.FLOODED;
  }

  /** Bytes of a body more; false when all bodies together are too large. */
  boolean hold(int more) {
    return bytes.addAndGet(more) <= limits.bodies();
  }

  /**
   * An exchange is over.
   *
   * @param entry how it had begun
   * @param held what of its body was told to {@link #hold}
   */
  void leave(Entry entry, long held) {
    (entry == Entry.ADMITTED ? exchanges : turned).decrementAndGet();
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
