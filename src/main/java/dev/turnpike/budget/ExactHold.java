package dev.turnpike.budget;

import dev.turnpike.budget.SharedStore.Need;
import dev.turnpike.budget.SharedStore.Spent;
import java.util.ArrayList;
import java.util.List;

/**
 * What one call took from exact counters, in one reservation: told to the store once, when the last
 * of its parts is settled. Thread-safe.
 */
final class ExactHold {
  private final String reservation;
  private final List<Spent> spent;
  private final Settlements settlements;
  private int unsettled;

  /**
   * @param taken what was taken, in the order of the reservation
   */
  ExactHold(String reservation, List<Spent> taken, Settlements settlements) {
    this.reservation = reservation;
    this.spent = new ArrayList<>(taken);
    this.settlements = settlements;
    this.unsettled = taken.size();
  }

  Purse purse(Need.Exact need) {
    int at = spent.indexOf(new Spent(need.counter(), need.limit(), need.amount()));
    return new Purse() {
      @Override
      public void settle(Level taken, long more) {
        ExactHold.this.settle(at, more);
      }

      // the store hears of it at the end: one question for each call
      @Override
      public void grow(Level taken, long more) {
        add(at, more);
      }
    };
  }

  private synchronized void add(int at, long more) {
    Spent taken = spent.get(at);
    spent.set(at, new Spent(taken.counter(), taken.limit(), Math.max(0, taken.used() + more)));
  }

  private synchronized void settle(int at, long more) {
    add(at, more);
    unsettled--;
    if (unsettled == 0) {
      settlements.settle(reservation, List.copyOf(spent));
    }
  }
}
