package dev.turnpike.expression;

import dev.turnpike.exchange.Usage;

/**
 * What a budget takes for a call: the sum of its tokens, or what an administrator wrote. Immutable
 * and safe for any thread.
 */
public final class Cost {
  /** Input and output, each token as one. */
  public static final Cost TOTAL = new Cost(Usage::total);

  // what a structured header can say (RFC 9651, section 3.3.1)
  private static final long MOST = 999_999_999_999_999L;

  /** A part of the formula. */
  @FunctionalInterface
  interface Term {
    double of(Usage usage);
  }

  private final Term formula;

  Cost(Term formula) {
    this.formula = formula;
  }

  /** In whole units, rounded up; from 0 to 999,999,999,999,999. Never throws. */
  public long of(Usage usage) {
    return (long) Math.clamp(Math.ceil(formula.of(usage)), 0.0, (double) MOST);
  }
}
