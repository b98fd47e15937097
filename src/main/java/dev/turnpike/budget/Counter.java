package dev.turnpike.budget;

/**
 * Counts calls against a limit. The limit comes with each question, so that a counter outlives a
 * change of it. Not safe for several threads: a {@link Slot} guards it.
 */
interface Counter {
  /** Takes one call if one is left. */
  Level take(Moment now, long limit);

  /** The same question, taking nothing. */
  Level look(Moment now, long limit);

  /** Undoes one take, as far as it still counts. */
  void giveBack(Level taken);

  /** Whether a new counter would answer the same. */
  boolean idle(Moment now, long limit);
}
