package dev.turnpike.budget;

import dev.turnpike.exchange.Allowance;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Usage;
import dev.turnpike.route.Routed;
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
    settle(0, 0);
  }

  /**
   * @param grown what was taken since
   */
  void settle(long used, long grown) {
    ask.budget().pressure().beyond(used - ask.amount());
    from.settle(level, used - ask.amount() - grown);
  }

  void pressed() {
    ask.budget().pressure().left((double) level.left() / limit);
  }

  void grow(long more) {
    from.grow(level, more);
  }

  /** Units that the call needs beyond what was reserved; negative where it needs less. */
  long beyond(Routed routed, Usage soFar) {
    return spent(routed, soFar) - ask.amount();
  }

  /** Whether a call that outgrew its reservation by so much may not finish. */
  boolean cuts(long grown) {
    return ask.binding() && ask.budget().spec().cut() && grown > level.left();
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
    return ask.budget().line(level, limit, degraded);
  }

  /** What a call that was sent came to. */
  long spent(Routed routed, Usage usage) {
    return ask.budget().spent(routed, usage, ask.amount());
  }

  Allowance allowance(Routed routed, Usage soFar) {
    long left = Math.max(0, level.left() - beyond(routed, soFar));
    return ask.budget().allowance(level, limit, left);
  }

  /** Whether the call may not go on because of it. */
  boolean refuses() {
    return lacking && ask.binding();
  }
}
