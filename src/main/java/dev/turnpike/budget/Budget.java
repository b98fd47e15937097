package dev.turnpike.budget;

import dev.turnpike.config.BudgetSpec;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Usage;
import dev.turnpike.expression.CounterKey;
import dev.turnpike.expression.Facts;
import dev.turnpike.route.Routed;
import java.util.Optional;

/** A budget with its key and its charge compiled, and its counters. */
record Budget(BudgetSpec spec, Optional<CounterKey> per, Charge charge, Counters counters) {
  private static final String ONE_FOR_ALL = "";
  private static final long MILLION = 1_000_000;

  boolean covers(Call call) {
    return spec.match().covers(call);
  }

  Counters.Taken take(Facts facts, Moment now, long amount) {
    return counters.take(key(facts), now, spec.limit(), amount);
  }

  Level look(Facts facts, Moment now, long amount) {
    return counters.look(key(facts), now, spec.limit(), amount);
  }

  private String key(Facts facts) {
    return per.map(key -> key.of(facts)).orElse(ONE_FOR_ALL);
  }

  /** What a call must have left, from what it will probably use. */
  long reserve(Routed routed, Usage estimate) {
    return charge.before(routed, estimate);
  }

  /**
   * What a call that an upstream has seen came to.
   *
   * @param reserved what was taken for it
   */
  long spent(Routed routed, Usage usage, long reserved) {
    return charge.after(routed, usage, reserved);
  }

  Refusal.OverBudget refusal(Level level) {
    return new Refusal.OverBudget(
        spec.name(),
        spec.unit().word(),
        quota(),
        whole(level.left()),
        level.reset(),
        level.window(),
        spec.inBand());
  }

  RateHeaders.Line line(Level level) {
    return new RateHeaders.Line(
        spec.name(),
        spec.unit().word(),
        quota(),
        whole(level.left()),
        level.reset(),
        level.window(),
        (double) level.left() / spec.limit());
  }

  /** At least 1: a quota of nothing is no quota. */
  private long quota() {
    return Math.max(1, whole(spec.limit()));
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
