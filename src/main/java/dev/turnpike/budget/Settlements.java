package dev.turnpike.budget;

import dev.turnpike.budget.SharedStore.Spent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Tells the store what reservations came to; what it could not be told is kept, 10,000 of them, and
 * told again. What does not fit is settled by the store itself when this replica ends. Thread-safe.
 */
final class Settlements {
  private static final int MOST = 10_000;
  private static final int AT_ONCE = 100;

  private record Open(String reservation, List<Spent> spent) {}

  private final SharedStore store;
  private final Deque<Open> untold = new ArrayDeque<>();

  Settlements(SharedStore store) {
    this.store = store;
  }

  void settle(String reservation, List<Spent> spent) {
    tell(new Open(reservation, spent), false);
  }

  /** The store may have it, and may have settled it already: to be told when it is back. */
  void again(String reservation, List<Spent> spent) {
    keep(new Open(reservation, spent));
  }

  private void tell(Open open, boolean again) {
    store
        .settle(open.reservation(), open.spent(), again)
        .whenComplete((_, failure) -> {
          if (failure != null) {
            keep(open);
          }
        });
  }

  private synchronized void keep(Open open) {
    if (untold.size() < MOST) {
      untold.add(open);
    }
  }

  /** The store is there: some of what it has not heard. */
  void retry() {
    for (int i = 0; i < AT_ONCE; i++) {
      Open open = next();
      if (open == null) {
        return;
      }
      tell(open, true);
    }
  }

  private synchronized @org.jspecify.annotations.Nullable Open next() {
    return untold.poll();
  }
}
