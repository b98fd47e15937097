package dev.turnpike.upstream;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Where a callback runs. */
final class Contexts {
  private Contexts() {}

  /** Runs the action on the context: at once where that is the present one. */
  static void run(Context context, Runnable action) {
    if (Vertx.currentContext() == context) {
      action.run();
    } else {
      context.runOnContext(_ -> action.run());
    }
  }
}
