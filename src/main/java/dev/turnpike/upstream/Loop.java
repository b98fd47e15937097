package dev.turnpike.upstream;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Executor;

/** The event loop of one exchange: what is run there runs one at a time, in order. */
public final class Loop implements Executor {
  private final Vertx vertx;
  private final Context context;

  /** The one that this is called on. */
  Loop(Vertx vertx) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
  }

  /** A timer that has not gone off yet. */
  @FunctionalInterface
  public interface Timer {
    void cancel();
  }

  /** At once where this is the loop, else as soon as its turn comes. */
  @Override
  public void execute(Runnable action) {
    Contexts.run(context, action);
  }

  /** When its turn comes, behind all that was given before. */
  public void post(Runnable action) {
    context.runOnContext(_ -> action.run());
  }

  /** Once, after the time; begun on this loop. */
  public Timer after(Duration time, Runnable action) {
    long id = vertx.setTimer(Math.max(1, time.toMillis()), _ -> action.run());
    return () -> vertx.cancelTimer(id);
  }

  /** Again and again, each time after the time; begun on this loop. */
  public Timer every(Duration time, Runnable action) {
    long id = vertx.setPeriodic(Math.max(1, time.toMillis()), _ -> action.run());
    return () -> vertx.cancelTimer(id);
  }
}
