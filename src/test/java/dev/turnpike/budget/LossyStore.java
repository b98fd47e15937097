package dev.turnpike.budget;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** A store whose answers can get lost after it has done what was asked. */
final class LossyStore implements SharedStore {
  private final SharedStore store;
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger unsettled = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private volatile boolean losing;

  LossyStore(SharedStore store) {
    this.store = store;
  }

  void lose(boolean answers) {
    losing = answers;
  }

  /** The most calls that the store had let through and not heard the end of. */
  int most() {
    return most.get();
  }

  /** How often anything was asked. */
  int asked() {
    return asked.get();
  }

  private <T> CompletionStage<T> through(CompletionStage<T> answer) {
    asked.incrementAndGet();
    return losing
        ? answer.thenCompose(_ -> CompletableFuture.failedFuture(new IOException("lost")))
        : answer;
  }

  @Override
  public CompletionStage<List<Standing>> take(String reservation, List<Need> needs) {
    return through(store.take(reservation, needs))
        .whenComplete((standings, failure) -> {
          if (failure == null
              && !reservation.isEmpty()
              && standings.stream().allMatch(Standing::enough)) {
            most.accumulateAndGet(unsettled.incrementAndGet(), Math::max);
          }
        });
  }

  @Override
  public CompletionStage<?> settle(String reservation, List<Spent> spent, boolean again) {
    return through(store.settle(reservation, spent, again))
        .whenComplete((_, _) -> unsettled.decrementAndGet());
  }

  @Override
  public CompletionStage<Integer> beat() {
    return through(store.beat());
  }

  @Override
  public void later(Duration after, Runnable action) {
    store.later(after, action);
  }
}
