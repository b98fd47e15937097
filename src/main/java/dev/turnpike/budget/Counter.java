package dev.turnpike.budget;

/**
 * Counts units against a limit. The limit comes with each question, so that a counter outlives a
 * change of it. Not safe for several threads: a {@link Slot} guards it.
 */
interface Counter {
  /**
   * Takes so many if they are left. More than the limit itself is taken from a counter that is
   * full: such a call could never pass otherwise.
   *
   * @param amount at least 0; nothing can always be taken
   */
  Level take(Moment now, long limit, long amount);

  /** The same question, taking nothing. */
  Level look(Moment now, long limit, long amount);

  /**
   * Corrects a take, as far as it still counts.
   *
   * @param more what was used beyond what was taken, also where that is more than is left; negative
   *     gives back
   */
  void settle(Level taken, long more);

  /** Whether a new counter would answer the same. */
  boolean idle(Moment now, long limit);
}
