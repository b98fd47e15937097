package dev.turnpike.budget;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Usage;
import java.time.Duration;

/**
 * What one budget was asked, and what its counter said.
 *
 * @param level after the take; where nothing was taken, as it stands
 * @param lacking that less was left than was needed
 * @param limit that was counted against: of a counter store that is away, a share
 * @param degraded whether it was counted here because the store is away
 * @param from where it is settled
 */
record Taken(Ask ask, Level level, boolean lacking, long limit, boolean degraded, Purse from) {
  void giveBack() {
    settle(0);
  }

  void settle(long used) {
    from.settle(level, used - ask.amount());
  }

  /** How long until there is enough again. */
  Duration waits() {
    return level.reset();
  }

  Refusal.OverBudget refusal() {
    return ask.budget().refusal(level, limit);
  }

  /** As the header fields say it. */
  RateHeaders.Line line() {
    return new RateHeaders.Line(
        ask.budget().spec().name(),
        ask.budget().spec().unit().word(),
        limit,
        level.left(),
        level.reset(),
        level.window(),
        degraded);
  }

  /** Ends it with what the call came to. */
  void spend(Usage usage) {
    settle(ask.budget().spent(usage, ask.amount()));
  }

  /** Whether the call may not go on because of it. */
  boolean refuses() {
    return lacking && ask.binding();
  }
}
