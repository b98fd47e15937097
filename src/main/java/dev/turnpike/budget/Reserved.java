package dev.turnpike.budget;

import dev.turnpike.authorize.Permitted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Proof that every budget has room for the call. Only {@link Budgets} can make one. */
public final class Reserved implements AutoCloseable {
  private final Permitted permitted;
  private final List<Hold> holds;
  private final List<String> observed;
  private final Runnable atEnd;
  private final AtomicBoolean ended = new AtomicBoolean();

  Reserved(Permitted permitted, List<Hold> holds, List<String> observed, Runnable atEnd) {
    this.permitted = permitted;
    this.holds = List.copyOf(holds);
    this.observed = List.copyOf(observed);
    this.atEnd = atEnd;
  }

  public Permitted permitted() {
    return permitted;
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
   * Ends the reservation. The first of {@code settle} and {@link #close} decides, and the rest does
   * nothing; any thread may call either.
   *
   * @param wasSent whether the upstream may have seen the call; false gives the reservation back
   */
  public void settle(boolean wasSent) {
    if (ended.compareAndSet(false, true)) {
      if (!wasSent) {
        holds.forEach(Hold::giveBack);
      }
      atEnd.run();
    }
  }

  /** As {@code settle(false)}: what nobody settled was never sent. */
  @Override
  public void close() {
    settle(false);
  }

  /**
   * What was taken from one budget.
   *
   * @param from the counter that it was taken from; empty where nothing was
   */
  record Hold(Budget budget, Optional<Slot> from, Level level) {
    static Hold of(Budget budget, Counters.Taken taken) {
      return new Hold(budget, Optional.of(taken.slot()), taken.level());
    }

    static Hold of(Budget budget, Level seen) {
      return new Hold(budget, Optional.empty(), seen);
    }

    void giveBack() {
      from.ifPresent(slot -> slot.giveBack(level));
    }

    RateHeaders.Line line() {
      return new RateHeaders.Line(
          budget.spec().name(),
          RateHeaders.UNIT,
          budget.spec().limit(),
          level.left(),
          level.reset(),
          level.window());
    }
  }
}
