package dev.turnpike.budget;

/**
 * What one replica lets through of a limit while the store that they share is away: its part, and
 * of several replicas a fifth less, since another may not have been seen.
 */
record Share(int replicas, boolean partial) {
  static final Share WHOLE = new Share(1, false);

  static Share among(int replicas) {
    return new Share(Math.max(1, replicas), true);
  }

  /** At least 1. */
  long of(long limit) {
    return replicas == 1 ? limit : Math.max(1, (long) (limit / (double) replicas * 0.8));
  }
}
