package dev.turnpike.budget;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Takes what calls need from the counters of their budgets. Safe for any thread. */
public abstract sealed class Till permits LocalTill, SharedTill {
  /** Counters of this process alone. */
  public static Till inMemory() {
    return new LocalTill();
  }

  /**
   * Takes everything that is asked for, or nothing where a budget that binds lacks it. Completes at
   * once or on the thread that asked.
   *
   * @return an answer for each, in order; fails with {@link dev.turnpike.exchange.Refused} where
   *     the counters of a hard budget cannot be asked
   */
  abstract CompletionStage<List<Taken>> take(List<Ask> asks, Moment now);
}
