package dev.turnpike.protocol.mcp.duplex;

import dev.turnpike.exchange.Ticker;
import java.time.Duration;

/**
 * Whether a peer is still there. A connection whose other side is gone without a word looks like
 * one that has nothing to say, and every call on it would be waited for in vain. Thread-safe.
 */
final class Pulse {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();
  // a server that does one thing at a time says nothing while it does it
  private static final long LONGEST_NANOS = Duration.ofMinutes(2).toNanos();
  private static final int MOST_MISSED = 3;

  /** What to do about it. */
  enum Feeling {
    SURE,
    ASK,
    GONE
  }

  private final Ticker ticker;
  private int missed;
  private boolean asked;
  private long askedNanos;

  Pulse(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Something was not answered as long as somebody waited. */
  synchronized void missed() {
    missed++;
  }

  /** It has said something, whatever that is. */
  synchronized void heard() {
    missed = 0;
    asked = false;
  }

  /**
   * @param resting whether it has nothing to do that it may be busy with
   */
  synchronized Feeling felt(boolean resting) {
    if (missed == 0) {
      return Feeling.SURE;
    }
    if (!asked) {
      asked = true;
      askedNanos = ticker.nanos();
      return Feeling.ASK;
    }
    long silent = ticker.nanos() - askedNanos;
    return silent > LONGEST_NANOS && missed >= MOST_MISSED || (resting && silent > PATIENCE_NANOS)
        ? Feeling.GONE
        : Feeling.SURE;
  }
}
