package dev.turnpike.expression;

import dev.turnpike.exchange.Usage;

/**
 * What a call comes to: the sum of its tokens, or what an administrator wrote. Immutable and safe
 * for any thread.
 */
public final class Cost {
  /** Input and output, each token as one. */
  public static final Cost TOTAL = new Cost(Usage::total, 1, 1);

  // what a structured header can say (RFC 9651, section 3.3.1)
  private static final long MOST = 999_999_999_999_999L;

  /** A part of the formula. */
  @FunctionalInterface
  interface Term {
    double of(Usage usage);
  }

  private static final double MILLION = 1e6;

  // a millionth of a millionth is what doubles lose, and not what somebody used
  private static final double NOISE = 1e-6;

  private final Term formula;
  private final int steps;
  private final int depth;

  /**
   * @param steps how many it takes to work it out, with those of the costs that it names
   * @param depth how many costs name one another, with this one
   */
  Cost(Term formula, int steps, int depth) {
    this.formula = formula;
    this.steps = steps;
    this.depth = depth;
  }

  /** In whole units, rounded up; from 0 to 999,999,999,999,999. Never throws. */
  public long of(Usage usage) {
    return whole(formula.of(usage));
  }

  /** In millionths, rounded up; from 0 to 999,999,999,999,999. Never throws. */
  public long millionths(Usage usage) {
    return whole(formula.of(usage) * MILLION - NOISE);
  }

  /** The same without what it comes to before anything is used. */
  public long millionthsOfUse(Usage usage) {
    return whole((formula.of(usage) - formula.of(Usage.NONE)) * MILLION - NOISE);
  }

  Term formula() {
    return formula;
  }

  int steps() {
    return steps;
  }

  int depth() {
    return depth;
  }

  private static long whole(double value) {
    return (long) Math.clamp(Math.ceil(value), 0.0, (double) MOST);
  }
}
