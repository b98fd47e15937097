package dev.turnpike.budget;

import dev.turnpike.config.BudgetSpec;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.expression.CounterKey;
import dev.turnpike.expression.Facts;
import java.util.Optional;

/** A budget with its key compiled, and its counters. */
record Budget(BudgetSpec spec, Optional<CounterKey> per, Counters counters) {
  private static final String ONE_FOR_ALL = "";

  boolean covers(Call call) {
    return call.target()
        .map(target -> spec.match().covers(call.endpoint(), target))
        .orElseGet(() -> spec.match().targets().isEmpty() && spec.match().covers(call.endpoint()));
  }

  Counters.Taken take(Facts facts, Moment now) {
    return counters.take(key(facts), now, spec.limit());
  }

  Level look(Facts facts, Moment now) {
    return counters.look(key(facts), now, spec.limit());
  }

  private String key(Facts facts) {
    return per.map(key -> key.of(facts)).orElse(ONE_FOR_ALL);
  }

  Refusal.OverBudget refusal(Level level) {
    return new Refusal.OverBudget(
        spec.name(),
        RateHeaders.UNIT,
        spec.limit(),
        level.left(),
        level.reset(),
        level.window(),
        spec.inBand());
  }

  /** Whether what the other has counted is what this would have counted. */
  boolean counts(BudgetSpec other) {
    return spec.name().equals(other.name())
        && spec.window().equals(other.window())
        && spec.per().map(w -> w.value()).equals(other.per().map(w -> w.value()));
  }
}
