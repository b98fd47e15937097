package dev.turnpike.budget;

import dev.turnpike.exchange.Refusal;

/**
 * The values of the header fields {@code RateLimit-Policy} and {@code RateLimit}.
 *
 * @param policy what the budgets are, the tightest first
 * @param limit what is left of each, in the same order
 */
public record RateHeaders(String policy, String limit) {
  /** The same for a call that a budget refused. */
  public static RateHeaders of(Refusal.OverBudget refusal) {
    throw new UnsupportedOperationException("not written yet: " + refusal);
  }
}
