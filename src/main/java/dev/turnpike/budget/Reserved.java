package dev.turnpike.budget;

import dev.turnpike.authorize.Permitted;
import dev.turnpike.exchange.Allowance;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Usage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Proof that every budget has room for the call. Only {@link Budgets} can make one. */
public final class Reserved implements AutoCloseable {
  private final Permitted permitted;
  private final Usage estimate;
  private final List<Taken> holds;
  private final long[] grown;
  private final List<String> observed;
  private final Runnable atEnd;
  private final AtomicBoolean ended = new AtomicBoolean();

  Reserved(
      Permitted permitted,
      Usage estimate,
      List<Taken> holds,
      List<String> observed,
      Runnable atEnd) {
    this.permitted = permitted;
    this.estimate = estimate;
    this.holds = List.copyOf(holds);
    this.grown = new long[holds.size()];
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
    for (Taken hold : holds) {
      if (hold.ask().binding()) {
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
   * What the call has come to so far: what is beyond the reservation is taken at once, so that
   * others do not count on it. On the thread of the exchange.
   *
   * @return the budget that has no room for it and does not let it finish
   */
  public Optional<Refusal.OverBudget> grow(Usage soFar) {
    for (int i = 0; i < holds.size(); i++) {
      Taken hold = holds.get(i);
      long more = hold.beyond(permitted.routed(), soFar) - grown[i];
      if (more > 0) {
        grown[i] += more;
        hold.grow(more);
        if (hold.cuts(grown[i])) {
          return Optional.of(hold.refusal());
        }
      }
    }
    return Optional.empty();
  }

  /** What is left of the budgets when the call has come to so much; the tightest first. */
  public List<Allowance> left(Usage soFar) {
    List<Allowance> all = new ArrayList<>(holds.size());
    for (Taken hold : holds) {
      if (hold.ask().binding()) {
        all.add(hold.allowance(permitted.routed(), soFar));
      }
    }
    all.sort(Comparator.comparingDouble(left -> (double) left.remaining() / left.limit()));
    return all;
  }

  /** Whether any budget counts the call. */
  public boolean counted() {
    return !holds.isEmpty();
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
      for (int i = 0; i < holds.size(); i++) {
        Taken hold = holds.get(i);
        hold.settle(wasSent ? hold.spent(permitted.routed(), usage) : 0, grown[i]);
      }
      atEnd.run();
    }
  }

  /** As if nothing was sent: what nobody settled never was. */
  @Override
  public void close() {
    settle(false, Usage.NONE);
  }
}
