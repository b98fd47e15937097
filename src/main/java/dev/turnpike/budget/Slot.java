package dev.turnpike.budget;

import java.util.Optional;

/**
 * One counter behind the only lock of this package. A slot that was retired counts no more: who
 * comes for it late has to look for the new one.
 */
final class Slot implements Purse {
  private final Counter counter;
  private boolean retired;

  Slot(Counter counter) {
    this.counter = counter;
  }

  /** Empty where the slot was retired. */
  synchronized Optional<Level> take(Moment now, long limit, long amount) {
    return retired ? Optional.empty() : Optional.of(counter.take(now, limit, amount));
  }

  synchronized Level look(Moment now, long limit, long amount) {
    return counter.look(now, limit, amount);
  }

  @Override
  public synchronized void settle(Level taken, long more) {
    counter.settle(taken, more);
  }

  @Override
  public synchronized void grow(Level taken, long more) {
    counter.settle(taken, more);
  }

  /** Retires it if nobody would notice. */
  synchronized boolean retire(Moment now, long limit) {
    retired |= counter.idle(now, limit);
    return retired;
  }
}
