package dev.turnpike.budget;

import java.time.Duration;

/** Counts what is under way: taken when it begins, given back when it ends. No window. */
final class OpenCount implements Counter {
  // nobody knows when a call ends; who asks again after this is no burden
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private long used;

  @Override
  public Level take(Moment now, long limit, long amount) {
    boolean taken = amount == 0 || left(limit) >= Math.min(amount, limit);
    if (taken) {
      used += amount;
    }
    return level(taken, limit);
  }

  @Override
  public Level look(Moment now, long limit, long amount) {
    return level(false, limit);
  }

  @Override
  public void settle(Level taken, long more) {
    used = Math.max(0, used + more);
  }

  @Override
  public boolean idle(Moment now, long limit) {
    return used == 0;
  }

  private long left(long limit) {
    return Math.max(0, limit - used);
  }

  private Level level(boolean taken, long limit) {
    return new Level(taken, left(limit), AGAIN, Duration.ZERO, 0);
  }
}
