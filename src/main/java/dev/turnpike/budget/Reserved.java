package dev.turnpike.budget;

import dev.turnpike.authorize.Permitted;
import dev.turnpike.exchange.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Proof that every budget has room for the call. Only {@link Budgets} can make one. */
public final class Reserved implements AutoCloseable {
  private final Permitted permitted;
  private final Usage estimate;
  private final List<Taken> holds;
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
   * Ends the reservation: what was reserved becomes what was used, and what was used beyond it is a
   * debt. The first of {@code settle} and {@link #close} decides, and the rest does nothing; any
   * thread may call either.
   *
   * @param wasSent whether the upstream may have seen the call; false gives all of it back
   * @param usage what it came to, where it was answered
   */
  public void settle(boolean wasSent, Usage usage) {
    if (ended.compareAndSet(false, true)) {
      for (Taken hold : holds) {
        if (wasSent) {
          hold.spend(usage);
        } else {
          hold.giveBack();
        }
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
