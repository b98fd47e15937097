package dev.turnpike.budget;

import dev.turnpike.authorize.Permitted;
import dev.turnpike.exchange.Usage;
import dev.turnpike.route.Routed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Proof that every budget has room for the call. Only {@link Budgets} can make one. */
public final class Reserved implements AutoCloseable {
  private final Permitted permitted;
  private final Usage estimate;
  private final List<Hold> holds;
  private final List<String> observed;
  private final Runnable atEnd;
  private final AtomicBoolean ended = new AtomicBoolean();

  Reserved(
      Permitted permitted,
      Usage estimate,
      List<Hold> holds,
      List<String> observed,
      Runnable atEnd) {
    this.permitted = permitted;
    this.estimate = estimate;
    this.holds = List.copyOf(holds);
    this.observed = List.copyOf(observed);
    this.atEnd = atEnd;
  }

  public Permitted permitted() {
    return permitted;
  }

  /** What the call will probably come to. */
  public Usage estimate() {
    return estimate;
  }

  /** What the answer's head says of the budgets; empty where none counts the call. */
  public Optional<RateHeaders> rateLimit() {
    List<RateHeaders.Line> lines = new ArrayList<>(holds.size());
    for (Hold hold : holds) {
      if (!hold.budget().spec().observe()) {
        lines.add(hold.line());
      }
    }
    return lines.isEmpty() ? Optional.empty() : Optional.of(RateHeaders.of(lines));
  }

  /** Budgets in observe mode that would have refused the call, in the order written. */
  public List<String> observed() {
    return observed;
  }

  /**
   * Ends the reservation: what was reserved becomes what was used, and what was used beyond it is a
   * debt. The first of {@code settle} and {@link #close} decides, and the rest does nothing; any
   * thread may call either.
   *
   * @param wasSent whether the upstream may have seen the call; false gives all of it back
   * @param usage what it came to, where it was answered
   */
  public void settle(boolean wasSent, Usage usage) {
    if (ended.compareAndSet(false, true)) {
      for (Hold hold : holds) {
        hold.settle(wasSent ? hold.spent(permitted.routed(), usage) : 0);
      }
      atEnd.run();
    }
  }

  /** As if nothing was sent: what nobody settled never was. */
  @Override
  public void close() {
    settle(false, Usage.NONE);
  }

  /**
   * What was taken from one budget.
   *
   * @param from the counter that it was taken from
   * @param amount units that were taken; none for a further round of a call
   */
  record Hold(Budget budget, Slot from, Level level, long amount) {
    static Hold of(Budget budget, Counters.Taken taken, long amount) {
      return new Hold(budget, taken.slot(), taken.level(), amount);
    }

    long spent(Routed routed, Usage usage) {
      return budget.spent(routed, usage, amount);
    }

    void settle(long used) {
      from.settle(level, used - amount);
    }

    RateHeaders.Line line() {
      return budget.line(level);
    }
  }
}
