package dev.turnpike.assembly;

import dev.turnpike.budget.Budgets;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Setup;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.ExchangeListener.Watch;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Reply;
import dev.turnpike.flags.LaneLimits;
import dev.turnpike.lane.Lanes;
import dev.turnpike.lane.Workers;
import dev.turnpike.protocol.Experimental;
import dev.turnpike.protocol.Protocol;
import dev.turnpike.protocol.mcp.modern.Extension;
import dev.turnpike.rpc.ScanLimits;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A gateway of its own for one alpha, without a port: event loops, connections to upstreams, places
 * and parsers' limits are the alpha's; the ledger, the counters of budgets and the rules are those
 * of the stable lane.
 */
final class LaneWorkers implements Workers {
  private static final int LOOPS = 2;
  private static final int LARGEST_ANSWER = 4 * 1024 * 1024;
  private static final int MOST_VALUES = 20_000;
  private static final Duration PARTING = Duration.ofMillis(500);
  private static final double COUNTING_SHARE = 0.01;

  private final Vertx vertx;
  private final Gateway gateway;
  private final List<Context> loops;
  private final AtomicInteger turn = new AtomicInteger();
  private volatile boolean closed;

  private LaneWorkers(Vertx vertx, Gateway gateway) {
    this.vertx = vertx;
    this.gateway = gateway;
    this.loops =
        IntStream.range(0, LOOPS)
            .<Context>mapToObj(_ -> ((VertxInternal) vertx).createEventLoopContext())
            .toList();
  }

  /**
   * Makes them. Blocks for some moments.
   *
   * @param shared the budgets of the stable lane, whose counters are used here, too
   */
  static LaneWorkers hire(
      Experimental alpha,
      LaneLimits limits,
      Settings settings,
      Setup setup,
      Hearing hearing,
      Supplier<Budgets> shared) {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(LOOPS)
                .setWorkerPoolSize(LOOPS)
                .setInternalBlockingPoolSize(LOOPS));
    try {
      Experiments experiments =
          new Experiments(
              alpha instanceof Protocol protocol ? List.of(protocol) : List.of(),
              (flag, _) -> flag.equals(alpha.flag()),
              alpha instanceof Extension extension ? List.of(extension) : List.of(),
              Lanes.STABLE_ONLY,
              UnaryOperator.identity(),
              read -> LaneBudgets.with(read, limits.tokenShare()),
              shared);
      return new LaneWorkers(
          vertx, new Gateway(vertx, within(settings, limits), setup, hearing, experiments));
    } catch (ConfigRejected | RuntimeException failed) {
      vertx.close();
      throw new IllegalStateException("the lane of " + alpha.flag() + " cannot be opened", failed);
    }
  }

  private static Settings within(Settings settings, LaneLimits limits) {
    Settings.Bounds bounds = settings.bounds();
    return settings
        .within(
            new Settings.Bounds(
                bounds.accept(),
                new ScanLimits(limits.depth(), MOST_VALUES),
                bounds.replay(),
                bounds.sessions(),
                bounds.connections(),
                limits.waiting(),
                limits.concurrency() + limits.waiting(),
                bounds.connectionAge(),
                limits.time(),
                Math.min(bounds.answer(), LARGEST_ANSWER)))
        .counting(new Settings.Exact(settings.exact().tokenizer(), COUNTING_SHARE, Duration.ZERO));
  }

  void reload(Setup setup) throws ConfigRejected {
    if (!closed) {
      gateway.reload(setup);
    }
  }

  @Override
  public Executor next() {
    return on(loops.get(Math.floorMod(turn.getAndIncrement(), LOOPS)));
  }

  /** Runs what it is given there, as long as there is such a place. */
  static Executor on(Context loop) {
    return action -> {
      try {
        loop.runOnContext(_ -> action.run());
      } catch (RejectedExecutionException _) {
        // they were dismissed: whoever waits for them is told by its time
      }
    };
  }

  @Override
  public CompletionStage<List<Outcome>> serve(
      Inbound inbound, Caller caller, Reply reply, Watch watch) {
    return gateway.road().serve(gateway.inForce(), inbound, caller, reply, watch);
  }

  @Override
  public void withdraw(BiPredicate<Caller, String> whose, Duration after) {
    later(
        after,
        () ->
            gateway.sessions().all().stream()
                .filter(session -> whose.test(session.caller(), session.endpoint()))
                .forEach(gateway.sessions()::end));
  }

  /** Revisions may be served, or called, that were not, and the other way round. */
  void flagsChanged() {
    if (!closed) {
      gateway.withdraw();
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Does it after the time, on a thread of its own: those of the lane may be busy for ever. */
  static void later(Duration after, Runnable action) {
    Thread.ofVirtual()
        .name("lane-closing")
        .start(() -> {
          LockSupport.parkNanos(after.toNanos());
          action.run();
        });
  }

  @Override
  public void close(Duration after) {
    closed = true;
    // what goes on for sessions is ended while there is still somebody to tell upstreams so
    withdraw(
        (_, _) -> true, after.minus(PARTING).isNegative() ? Duration.ZERO : after.minus(PARTING));
    later(
        after,
        () -> {
          gateway.close();
          vertx.close();
        });
  }
}
