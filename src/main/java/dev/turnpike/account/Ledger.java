package dev.turnpike.account;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Outcome;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Who used what, minute by minute, in memory. Safe for any thread. */
public final class Ledger {
  /** Takes down how a call ended; what does not count is passed over. */
  public void record(Instant at, Caller caller, Call call, String upstream, Outcome outcome) {
    throw new UnsupportedOperationException(
        "not written yet: " + at + caller + call + upstream + outcome);
  }

  /**
   * What was used from {@code from} (inclusive) to {@code to} (exclusive), by whole minutes.
   *
   * @param by what to tell apart; empty: one row with everything
   */
  public UsageReport usage(Set<By> by, Optional<Instant> from, Optional<Instant> to) {
    throw new UnsupportedOperationException("not written yet: " + by + from + to);
  }
}
