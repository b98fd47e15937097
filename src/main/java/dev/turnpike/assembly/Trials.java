package dev.turnpike.assembly;

import dev.turnpike.budget.Budgets;
import dev.turnpike.catalog.Endpoints;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Setup;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.ExchangeListener.Watch;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.flags.LaneLimits;
import dev.turnpike.lane.AlphaLane;
import dev.turnpike.lane.Alphas;
import dev.turnpike.lane.Ground;
import dev.turnpike.lane.LaneListener;
import dev.turnpike.lane.Lanes;
import dev.turnpike.lane.Workers;
import dev.turnpike.protocol.Experimental;
import dev.turnpike.protocol.Protocols;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** The alphas of this process, each in a lane of its own. Thread-safe. */
public final class Trials implements Lanes, AutoCloseable {
  /** What flags say of alphas, now. */
  public interface Switchable {
    boolean isOn(String flag, Caller caller, String endpoint);

    /** What the flag allows; empty where it has no file. */
    Optional<LaneLimits> limitsOf(String flag);

    /** Whether it is off for what went wrong, until an administrator says otherwise. */
    boolean isTripped(String flag);
  }

  private final List<Experimental> all;
  private final Vertx vertx;
  private final Settings settings;
  private final Hearing hearing;
  private final Switchable flags;
  private final LaneListener listener;
  private final Optional<URI> elsewhere;
  private final Set<LaneWorkers> hired = new HashSet<>();
  private volatile Setup setup;
  private volatile Supplier<Budgets> stable = () -> Budgets.NONE;
  private volatile Alphas lanes = new Alphas(List.of());

  /**
   * @param vertx of the stable lane
   * @param elsewhere the process that has the lanes; empty: this one
   */
  public Trials(
      List<Experimental> all,
      Vertx vertx,
      Settings settings,
      Setup setup,
      Hearing hearing,
      Switchable flags,
      LaneListener listener,
      Optional<URI> elsewhere) {
    this.elsewhere = elsewhere;
    this.all = List.copyOf(all);
    this.vertx = vertx;
    this.settings = settings;
    this.setup = setup;
    this.hearing = hearing;
    this.flags = flags;
    this.listener = listener;
    flagsChanged();
  }

  /** What alphas use is taken from the budgets of this gateway, too. */
  public void beside(Gateway gateway) {
    stable = () -> gateway.inForce().budgets();
  }

  @Override
  public Optional<CompletionStage<List<Outcome>>> aside(
      Inbound inbound,
      Caller caller,
      Protocols protocols,
      Endpoints endpoints,
      Reply reply,
      Watch watch) {
    return lanes.aside(inbound, caller, protocols, endpoints, reply, watch);
  }

  /** The lanes, for whoever looks at them. */
  public List<AlphaLane> lanes() {
    return lanes.lanes();
  }

  /** Flags, or their files, may be others than they were. */
  public synchronized void flagsChanged() {
    List<AlphaLane> next = new ArrayList<>();
    for (Experimental alpha : all) {
      Optional<AlphaLane> before =
          lanes.lanes().stream().filter(lane -> lane.flag().equals(alpha.flag())).findFirst();
      flags
          .limitsOf(alpha.flag())
          .or(() -> before.map(AlphaLane::limits))
          .ifPresent(limits ->
              next.add(
                  before
                      .filter(lane -> lane.limits().equals(limits))
                      .orElseGet(() -> lane(alpha, limits))));
    }
    List<AlphaLane> dropped = lanes.lanes().stream().filter(lane -> !next.contains(lane)).toList();
    lanes = new Alphas(next);
    dropped.forEach(AlphaLane::retire);
    synchronized (hired) {
      hired.forEach(LaneWorkers::flagsChanged);
    }
    for (AlphaLane lane : next) {
      if (!flags.isTripped(lane.flag())) {
        lane.arm();
      }
      lane.flagsChanged();
    }
  }

  private AlphaLane lane(Experimental alpha, LaneLimits limits) {
    return new AlphaLane(
        alpha.flag(), alpha.signs(), limits, new Here(), () -> hire(alpha, limits), listener);
  }

  private Workers hire(Experimental alpha, LaneLimits limits) {
    if (elsewhere.isPresent()) {
      return new LaneLink(
          alpha.flag(), elsewhere.get(), pass(), limits.concurrency() + limits.waiting());
    }
    Setup built = setup;
    LaneWorkers workers = LaneWorkers.hire(alpha, limits, settings, built, hearing, stable);
    synchronized (hired) {
      hired.add(workers);
      if (setup != built) {
        // it was changed meanwhile
        reload(workers, setup);
      }
    }
    return workers;
  }

  private static void reload(LaneWorkers workers, Setup next) {
    try {
      workers.reload(next);
    } catch (ConfigRejected rejected) {
      throw new IllegalStateException("what one lane takes, every lane takes", rejected);
    }
  }

  /** What the processes of both lanes say to each other. */
  LanePass pass() {
    return new LanePass(settings.keys(), new SecureRandom(), InstantSource.system());
  }

  /** Puts a new configuration in force in every lane that is open. */
  public void reload(Setup next) {
    synchronized (hired) {
      setup = next;
      hired.removeIf(LaneWorkers::isClosed);
      hired.forEach(workers -> reload(workers, next));
    }
  }

  @Override
  public void close() {
    lanes.lanes().forEach(AlphaLane::dismiss);
  }

  /** The stable lane, as lanes of alphas see it. */
  private final class Here implements Ground {
    private static final Ticker TICKER = System::nanoTime;

    @Override
    public Executor here() {
      Context loop = vertx.getOrCreateContext();
      return LaneWorkers.on(loop);
    }

    @Override
    public Runnable later(Duration after, Runnable action) {
      long timer = vertx.setTimer(Math.max(1, after.toMillis()), _ -> action.run());
      return () -> vertx.cancelTimer(timer);
    }

    @Override
    public boolean isOn(String flag, Caller caller, String endpoint) {
      return flags.isOn(flag, caller, endpoint);
    }

    @Override
    public Ticker ticker() {
      return TICKER;
    }
  }
}
