package dev.turnpike.expression;

/** What a condition says of one call. */
public sealed interface Verdict {
  Verdict YES = new Yes();
  Verdict NO = new No();

  /** It holds. */
  record Yes() implements Verdict {}

  /** It does not hold. */
  record No() implements Verdict {}

  /**
   * It could not be told.
   *
   * @param kind one word of a small set, fit for a metric; never a value that the caller sent
   */
  record Failed(String kind) implements Verdict {}
}
