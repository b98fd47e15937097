package dev.turnpike.account;

/** Hears how the ledger goes. On the ledger's own threads. */
public interface LedgerListener {
  /** Nobody listens. */
  LedgerListener NOOP = new LedgerListener() {};

  /** Entries cannot be written to the disk; they wait in memory. */
  default void unwritten(String why) {}

  /**
   * Entries are written again.
   *
   * @param lost how many there was no room for in memory
   */
  default void written(long lost) {}

  /** Entries cannot be moved to the database; they wait on the disk. */
  default void unmoved(String why) {}

  /** They are moved again. */
  default void moved() {}
}
