package dev.turnpike.assembly;

import dev.turnpike.upstream.Upstream;
import io.vertx.core.Vertx;

/**
 * Closes an upstream that is no longer in the configuration, once its last answer has been read.
 */
final class Retirement {
  private static final long EVERY_MILLIS = 1_000;
  private static final int PATIENCE = 3_600;

  private Retirement() {}

  /**
   * @param closed runs when it is closed
   */
  static void of(Vertx vertx, Upstream upstream, Runnable closed) {
    look(vertx, upstream, closed, 1);
  }

  // a call that was routed a moment ago may not have reached the socket yet: never at the first
  // look
  private static void look(Vertx vertx, Upstream upstream, Runnable closed, int looks) {
    vertx.setTimer(
        EVERY_MILLIS,
        _ -> {
          if (looks > 1 && (upstream.open() == 0 || looks > PATIENCE)) {
            upstream.close().thenRun(closed);
          } else {
            look(vertx, upstream, closed, looks + 1);
          }
        });
  }
}
