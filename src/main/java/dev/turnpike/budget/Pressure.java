package dev.turnpike.budget;

import java.util.concurrent.atomic.LongAdder;

/** How hard callers press on a budget, for those who watch it. Thread-safe. */
public final class Pressure {
  private final String budget;
  private final String unit;
  private final LongAdder beyond = new LongAdder();
  private double share = 1;
  private boolean seen = true;

  Pressure(String budget, String unit) {
    this.budget = budget;
    this.unit = unit;
  }

  public String budget() {
    return budget;
  }

  public String unit() {
    return unit;
  }

  synchronized void left(double of) {
    share = seen ? of : Math.min(share, of);
    seen = false;
  }

  /**
   * What is left of the limit, from 0 to 1, of the tightest counter that a call has met since this
   * was asked last; the same again where no call has come.
   */
  public synchronized double share() {
    seen = true;
    return share;
  }

  void beyond(long units) {
    if (units > 0) {
      beyond.add(units);
    }
  }

  /** Units that calls used beyond what was reserved for them. */
  public double beyond() {
    return beyond.sum();
  }
}
