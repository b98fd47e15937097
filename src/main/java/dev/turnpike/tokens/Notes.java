package dev.turnpike.tokens;

import dev.turnpike.exchange.Allowance;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.rpc.Payload;
import java.util.List;

/** Writes into answers of its protocol what budgets have to say. Pure; never throws. */
public interface Notes {
  /**
   * The answer with what is left of its caller's budgets, for an agent that plans.
   *
   * @param message the result of a call
   * @param allowances the tightest first; at least one
   * @return the message itself where there is no place to say it
   */
  Payload left(Payload message, List<Allowance> allowances);

  /**
   * What the caller gets in place of a result that is larger than a budget has room for.
   *
   * @param message the result
   */
  Payload outgrown(Payload message, Refusal.OverBudget refusal);
}
