package dev.turnpike.budget;

import dev.turnpike.authorize.Permitted;
import dev.turnpike.config.BudgetSpec;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Ticker;
import java.time.InstantSource;
import java.util.List;

/** The budgets in force, with their counters. Safe for any thread. */
public final class Budgets {
  /** No budgets at all: where to start from. */
  public static final Budgets NONE = new Budgets();

  private Budgets() {}

  /**
   * Compiles every budget. A budget that {@code previous} had too keeps its counters.
   *
   * @throws ConfigRejected with every problem of every budget
   */
  public static Budgets compile(
      List<BudgetSpec> specs, Budgets previous, Ticker ticker, InstantSource wall)
      throws ConfigRejected {
    throw new UnsupportedOperationException("not written yet: " + specs + previous + ticker + wall);
  }

  /**
   * Reserves one call from every budget that counts it, or from none.
   *
   * @throws Refused {@code OverBudget}, for the budget that takes longest to have room again
   */
  public Reserved reserve(Permitted permitted) throws Refused {
    throw new UnsupportedOperationException("not written yet: " + permitted);
  }
}
