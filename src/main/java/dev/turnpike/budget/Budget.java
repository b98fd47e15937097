package dev.turnpike.budget;

import dev.turnpike.config.BudgetSpec;
import dev.turnpike.exchange.Allowance;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Count;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Usage;
import dev.turnpike.expression.CounterKey;
import dev.turnpike.expression.Facts;
import dev.turnpike.route.Routed;
import java.util.Optional;

/** A budget with its key and its charge compiled, and its counters. */
record Budget(
    BudgetSpec spec,
    Optional<CounterKey> per,
    Charge charge,
    Counters counters,
    Pressure pressure) {
  private static final String ONE_FOR_ALL = "";
  private static final long MILLION = 1_000_000;

  boolean covers(Call call) {
    return spec.match().covers(call);
  }

  Ask ask(Facts facts, Routed routed, Usage estimate) {
    long amount = charge.before(routed, estimate);
    Usage sent = new Usage(estimate.input(), Count.NONE, 0, Count.NONE);
    return new Ask(this, key(facts), amount, Math.min(amount, charge.after(routed, sent, amount)));
  }

  /** Takes nothing, and is settled with what a further round came to. */
  Ask glance(Facts facts) {
    return new Ask(this, key(facts), 0, 0);
  }

  private String key(Facts facts) {
    return per.map(key -> key.of(facts)).orElse(ONE_FOR_ALL);
  }

  /**
   * What a call that an upstream has seen came to.
   *
   * @param reserved what was taken for it
   */
  long spent(Routed routed, Usage usage, long reserved) {
    return charge.after(routed, usage, reserved);
  }

  Refusal.OverBudget refusal(Level level, long limit) {
    return new Refusal.OverBudget(
        spec.name(),
        spec.unit().word(),
        quota(limit),
        whole(level.left()),
        level.reset(),
        level.window(),
        spec.inBand(),
        spec.window() instanceof BudgetSpec.Window.Day
            || spec.window() instanceof BudgetSpec.Window.Month);
  }

  /**
   * @param limit that is counted against
   * @param degraded whether that is a share, since the store of counters is away
   */
  RateHeaders.Line line(Level level, long limit, boolean degraded) {
    return new RateHeaders.Line(
        spec.name(),
        spec.unit().word(),
        quota(limit),
        whole(level.left()),
        level.reset(),
        level.window(),
        (double) level.left() / limit,
        degraded);
  }

  /** At least 1: a quota of nothing is no quota. */
  private long quota(long limit) {
    return Math.max(1, whole(limit));
  }

  /** What is left after a call that came to so much. */
  Allowance allowance(Level level, long limit, long left) {
    return new Allowance(spec.name(), spec.unit().word(), quota(limit), whole(left), level.reset());
  }

  /** Header fields have whole numbers only: of money, whole units, rounded down. */
  private long whole(long amount) {
    return switch (spec.unit()) {
      case TOKENS, CALLS, CONCURRENT -> amount;
      case MONEY -> amount / MILLION;
    };
  }

  /** Whether what the other has counted is what this would have counted. */
  boolean counts(BudgetSpec other) {
    return spec.name().equals(other.name())
        && spec.unit() == other.unit()
        && spec.window().equals(other.window())
        && spec.per().map(w -> w.value()).equals(other.per().map(w -> w.value()));
  }
}
