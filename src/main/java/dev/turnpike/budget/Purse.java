package dev.turnpike.budget;

/** Where units were taken from. Safe for any thread. */
interface Purse {
  /**
   * Corrects a take, as far as it still counts.
   *
   * @param more what was used beyond what was taken; negative gives back
   */
  void settle(Level taken, long more);

  /** Takes more for a call that goes on, also where that is not left: to be settled later. */
  void grow(Level taken, long more);

  /** Where nothing was taken from. */
  Purse NONE =
      new Purse() {
        @Override
        public void settle(Level taken, long more) {}

        @Override
        public void grow(Level taken, long more) {}
      };
}
