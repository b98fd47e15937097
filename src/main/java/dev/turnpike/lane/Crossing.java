package dev.turnpike.lane;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What one call says from the experimental lane to the stable one, in order, until it is revoked:
 * from then on nothing of it arrives.
 */
final class Crossing {
  private final Executor stable;
  private final Executor worker;
  private final Consumer<RuntimeException> nonsense;
  private final Queue<Runnable> farewells = new ConcurrentLinkedQueue<>();
  private volatile boolean revoked;

  /**
   * @param nonsense is told, in the stable lane, of what was said and cannot be done
   */
  Crossing(Executor stable, Executor worker, Consumer<RuntimeException> nonsense) {
    this.stable = stable;
    this.worker = worker;
    this.nonsense = nonsense;
  }

  /** Has it done in the stable lane, unless the call is revoked before. From any thread. */
  void toStable(Runnable action) {
    stable.execute(() -> {
      if (!revoked) {
        try {
          action.run();
        } catch (RuntimeException refused) {
          nonsense.accept(refused);
        }
      }
    });
  }

  /** Has it done in the experimental lane. From any thread. */
  void toWorker(Runnable action) {
    worker.execute(action);
  }

  /** Has this done in the experimental lane when nobody wants the answer any more. */
  void whenRevoked(Runnable action) {
    farewells.add(action);
    if (revoked) {
      // too late for those that were told; to be told twice does no harm
      toWorker(action);
    }
  }

  boolean isRevoked() {
    return revoked;
  }

  /** Nothing of the call arrives from now on. On the thread of the stable lane. */
  void revoke() {
    revoked = true;
    farewells.forEach(this::toWorker);
  }
}
