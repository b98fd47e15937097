package dev.turnpike.lane;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * What one call says from the experimental lane to the stable one, in order, until it is revoked:
 * from then on nothing of it arrives.
 */
final class Crossing {
  private final Executor stable;
  private final Executor worker;
  private final Queue<Runnable> farewells = new ConcurrentLinkedQueue<>();
  private volatile boolean revoked;

  Crossing(Executor stable, Executor worker) {
    this.stable = stable;
    this.worker = worker;
  }

  /** Has it done in the stable lane, unless the call is revoked before. From any thread. */
  void toStable(Runnable action) {
    stable.execute(() -> {
      if (!revoked) {
        action.run();
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
