package dev.turnpike.account;

import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Usage;
import dev.turnpike.route.Routed;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Who used what. Safe for any thread.
 *
 * <p>What counts: calls that run, fetch or subscribe to a target, and that an upstream answered,
 * wholly or in part, with their tokens; of lists, the tokens of what they define. Refused calls and
 * the opening and closing of conversations do not.
 */
public interface Ledger {
  /**
   * Takes down how a call ended; what does not count is passed over. A further round of a call adds
   * its tokens, and no call. Never blocks.
   *
   * @param expected what it was estimated at before
   */
  void record(Instant at, Routed routed, Usage expected, Outcome outcome);

  /**
   * What was used from {@code from} (inclusive) to {@code to} (exclusive), by whole minutes: the
   * minute of {@code from} is in, and so is every one that begins before {@code to}. Of what is so
   * old that it was added up, by what it was added up to. May block.
   *
   * @param by what to tell apart; empty: one row with everything
   * @throws IOException where it cannot be read now
   */
  UsageReport usage(Set<By> by, Optional<Instant> from, Optional<Instant> to) throws IOException;
}
