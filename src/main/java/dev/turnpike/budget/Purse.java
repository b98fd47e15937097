package dev.turnpike.budget;

/** Where units were taken from. Safe for any thread. */
@FunctionalInterface
interface Purse {
  /**
   * Corrects a take, as far as it still counts.
   *
   * @param more what was used beyond what was taken; negative gives back
   */
  void settle(Level taken, long more);
}
