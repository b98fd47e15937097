package dev.turnpike.protocol.mcp.duplex;

import dev.turnpike.exchange.Ticker;
import java.time.Duration;

/**
 * Whether a peer is still there. A connection whose other side is gone without a word looks like
 * one that has nothing to say, and every call on it would be waited for in vain. Thread-safe.
 */
final class Pulse {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

  /** What to do about it. */
  enum Feeling {
    SURE,
    ASK,
    GONE
  }

  private final Ticker ticker;
  private boolean doubted;
  private boolean asked;
  private long askedNanos;

  Pulse(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Something was not answered as long as somebody waited. */
  synchronized void missed() {
    doubted = true;
  }

  /** It has said something, whatever that is. */
  synchronized void heard() {
    doubted = false;
    asked = false;
  }

  synchronized Feeling felt() {
    if (!doubted) {
      return Feeling.SURE;
    }
    if (!asked) {
      asked = true;
      askedNanos = ticker.nanos();
      return Feeling.ASK;
    }
    return ticker.nanos() - askedNanos > PATIENCE_NANOS ? Feeling.GONE : Feeling.SURE;
  }
}
