package dev.turnpike.assembly;

import dev.turnpike.config.BudgetSpec;
import dev.turnpike.config.Setup;
import java.util.ArrayList;
import java.util.List;

/**
 * Beside each budget in tokens or money another, for what alphas use of it: under a name of its
 * own, so that its counters are its own, wherever they are kept. All of them are hard: without
 * their counters an alpha serves nothing.
 */
final class LaneBudgets {
  private static final String OF_THE_LANE = ".experimental";

  private LaneBudgets() {}

  /**
   * The same configuration, with these.
   *
   * @param share of each, from 0 to 1
   */
  static Setup with(Setup setup, double share) {
    List<BudgetSpec> budgets = new ArrayList<>();
    // of calls under way the lane has places of its own: one that hangs holds none of the others'
    setup.budgets().stream()
        .filter(budget -> budget.unit() != BudgetSpec.Unit.CONCURRENT)
        .forEach(budget -> budgets.add(hard(budget, budget.name(), budget.limit())));
    setup.budgets().stream()
        .filter(budget ->
            switch (budget.unit()) {
              case TOKENS, MONEY -> true;
              // calls are bounded by places and time
              case CALLS, CONCURRENT -> false;
            })
        .map(budget ->
            hard(budget, budget.name() + OF_THE_LANE, Math.max(1, (long) (budget.limit() * share))))
        .forEach(budgets::add);
    return setup.holding(budgets);
  }

  // where counters cannot be asked, an alpha adds no risk to what replicas let through by
  // themselves
  private static BudgetSpec hard(BudgetSpec whole, String name, long limit) {
    return new BudgetSpec(
        name,
        whole.per(),
        whole.match(),
        limit,
        whole.unit(),
        whole.cost(),
        whole.window(),
        true,
        whole.exact(),
        whole.observe() && name.equals(whole.name()),
        whole.inBand(),
        whole.cut(),
        whole.mark());
  }
}
