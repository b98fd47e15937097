package dev.turnpike.account;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Usage;
import dev.turnpike.route.Routed;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of the ledger: what an exchange came to, and whose it is.
 *
 * @param millis when it ended, since 1970
 * @param expected tokens that it was estimated at before
 */
record Entry(long millis, Account account, Figures figures, long expected) {
  /** Of what counts; empty for what does not. */
  static Optional<Entry> of(Instant at, Routed routed, Usage expected, Outcome outcome) {
    boolean counts = counts(routed.call());
    long calls = counts && !routed.continued() ? 1 : 0;
    return switch (outcome) {
      case Outcome.Served(var usage) when counts || usage.definitions().tokens() > 0 ->
          Optional.of(entry(at, routed, calls, usage, expected));
      case Outcome.Cut _ when counts -> Optional.of(entry(at, routed, calls, Usage.NONE, expected));
      case Outcome.Served _, Outcome.Cut _, Outcome.TurnedAway _, Outcome.Broken _ ->
          Optional.empty();
    };
  }

  private static Entry entry(Instant at, Routed routed, long calls, Usage usage, Usage expected) {
    return new Entry(
        at.toEpochMilli(),
        Account.of(routed.caller(), routed.call()),
        Figures.of(calls, usage),
        expected.total());
  }

  private static boolean counts(Call call) {
    return switch (call.verb()) {
      case INVOKE, READ, SUBSCRIBE, FOLLOW -> call.target().isPresent();
      case DISCOVER, CONTROL -> false;
    };
  }
}
