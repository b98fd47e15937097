package dev.turnpike.budget;

import dev.turnpike.config.BudgetSpec;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Usage;
import dev.turnpike.expression.Cost;
import dev.turnpike.expression.CounterKey;
import dev.turnpike.expression.Facts;
import java.util.Optional;

/** A budget with its key and its cost compiled, and its counters. */
record Budget(BudgetSpec spec, Optional<CounterKey> per, Cost cost, Counters counters) {
  private static final String ONE_FOR_ALL = "";

  boolean covers(Call call) {
    return call.target()
        .map(target -> spec.match().covers(call.endpoint(), target))
        .orElseGet(() -> spec.match().targets().isEmpty() && spec.match().covers(call.endpoint()));
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

  /** What a call must have left, from what it will probably use: at least one unit. */
  long reserve(Usage estimate) {
    return switch (spec.unit()) {
      case CALLS, CONCURRENT -> 1;
      case TOKENS -> Math.max(1, cost.of(estimate));
    };
  }

  /**
   * What a call that an upstream has seen came to.
   *
   * @param reserved what was taken for it
   */
  long spent(Usage usage, long reserved) {
    return switch (spec.unit()) {
      case CALLS -> reserved;
      // it is under way no more
      case CONCURRENT -> 0;
      case TOKENS -> cost.of(usage);
    };
  }

  Refusal.OverBudget refusal(Level level) {
    return new Refusal.OverBudget(
        spec.name(),
        spec.unit().word(),
        spec.limit(),
        level.left(),
        level.reset(),
        level.window(),
        spec.inBand());
  }

  /** Whether what the other has counted is what this would have counted. */
  boolean counts(BudgetSpec other) {
    return spec.name().equals(other.name())
        && spec.unit() == other.unit()
        && spec.window().equals(other.window())
        && spec.per().map(w -> w.value()).equals(other.per().map(w -> w.value()));
  }
}
