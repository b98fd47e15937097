package dev.turnpike.protocol.mcp.duplex;

import dev.turnpike.exchange.Ticker;
import dev.turnpike.upstream.UpstreamFailed;
import java.time.Duration;
import java.util.Optional;

/**
 * When a peer that ended by itself may be begun anew: at once the first time, then after 1, 2, 4
 * seconds and so on up to 30, as long as none of them lives. Thread-safe.
 */
final class Patience {
  private static final long LIVING_NANOS = Duration.ofSeconds(10).toNanos();
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Ticker ticker;
  private int deaths;
  private long againNanos;

  Patience(Ticker ticker) {
    this.ticker = ticker;
    this.againNanos = ticker.nanos();
  }

  /** It has ended without being asked to. */
  synchronized void died(long begunNanos) {
    long now = ticker.nanos();
    deaths = now - begunNanos > LIVING_NANOS ? 1 : deaths + 1;
    Duration pause =
        deaths == 1 ? Duration.ZERO : Duration.ofSeconds(1L << Math.min(5, deaths - 2));
    againNanos = now + (pause.compareTo(LONGEST) < 0 ? pause : LONGEST).toNanos();
  }

  /** Why not now; empty: it may be begun. */
  synchronized Optional<UpstreamFailed> notNow() {
    long left = againNanos - ticker.nanos();
    return left <= 0
        ? Optional.empty()
        : Optional.of(
            new UpstreamFailed(
                UpstreamFailed.Kind.SHED,
                "ended "
                    + deaths
                    + " times in a row, and is begun again in "
                    + Duration.ofNanos(left).plusMillis(999).toSeconds()
                    + " s"));
  }

  /** Whether nothing is to be remembered any more. */
  synchronized boolean over() {
    return ticker.nanos() - againNanos > LIVING_NANOS;
  }
}
