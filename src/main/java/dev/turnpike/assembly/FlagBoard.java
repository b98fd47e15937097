package dev.turnpike.assembly;

import dev.turnpike.config.UpstreamSpec;
import dev.turnpike.exchange.Caller;
import dev.turnpike.flagd.FlagdEngines;
import dev.turnpike.flags.Board;
import dev.turnpike.flags.Circumstances;
import dev.turnpike.flags.Decision;
import dev.turnpike.flags.Flag;
import dev.turnpike.flags.FlagFolder;
import dev.turnpike.flags.FlagWatch;
import dev.turnpike.flags.FlagWatch.News;
import dev.turnpike.flags.Flags;
import dev.turnpike.flags.LaneLimits;
import dev.turnpike.flags.Stage;
import dev.turnpike.flags.SwitchStore;
import dev.turnpike.flags.Switched;
import dev.turnpike.flags.Switches;
import dev.turnpike.protocol.a2a.Versions;
import dev.turnpike.protocol.mcp.Called;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.Served;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The flags of this process: from the files, and from what administrators switch. */
@ApplicationScoped
class FlagBoard implements Trials.Switchable, AutoCloseable {
  static final String REVISION = "protocol.mcp.";
  private static final String AGENTS = "protocol.a2a.";

  private static final Set<String> OLD_TRANSPORT =
      Set.of(REVISION + Revisions.HTTP_SSE, Called.FLAG + Revisions.HTTP_SSE);

  private static final Logger LOG = Logger.getLogger("turnpike.flags");
  private static final String USUAL = "feature-flags";
  private static final long POLL_MILLIS = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final boolean oldTransport;
  private final FlagdEngines engines = new FlagdEngines();
  private final MeterRegistry meters;
  private final Set<String> measured = ConcurrentHashMap.newKeySet();
  private final Board board;
  private final SwitchStore store;
  private final FlagWatch watch;
  // what turned itself off and is not kept yet
  private final Map<String, Switched> owed = new ConcurrentHashMap<>();
  private final Set<String> keeping = ConcurrentHashMap.newKeySet();
  private final AtomicLong changes = new AtomicLong();
  private final AtomicBoolean polling = new AtomicBoolean();
  private final AtomicBoolean reading = new AtomicBoolean();
  private final AtomicBoolean storeAway = new AtomicBoolean();
  private long poller = -1;

  FlagBoard(Vertx vertx, ProcessConfig config, Stores stores, MeterRegistry meters) {
    this.meters = meters;
    this.vertx = vertx;
    this.oldTransport = config.mcp().httpSse();
    this.board = new Board(known(), engines::of, InstantSource.system());
    this.store = stores.switches();
    Path folder = Path.of(config.flags().orElse(USUAL));
    // what nobody named need not be there: a copy is packaged
    this.watch =
        new FlagWatch(
            config.flags().isPresent() || Files.isDirectory(folder)
                ? new FlagFolder(folder)::look
                : PackagedFlags::look,
            board,
            known(),
            FlagBoard::told);
  }

  /** Reads what there is, and goes on looking. Blocks. */
  void begin() {
    board.listen(this::measure);
    // what is there at the start has settled
    watch.poll();
    watch.poll();
    CompletableFuture<?> first = readSwitches();
    try {
      // a store that is away keeps nobody from starting
      first.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException _) {
      // it is told
    }
    poller = vertx.setPeriodic(POLL_MILLIS, _ -> pollOnce());
  }

  // a look that hangs, on a folder that does, holds up one worker and not all of them
  private void pollOnce() {
    owed.values().forEach(this::keep);
    readSwitches();
    if (polling.compareAndSet(false, true)) {
      vertx
          .executeBlocking(this::poll, false)
          .onComplete(done -> {
            polling.set(false);
            if (done.failed()) {
              LOG.error("flags could not be looked at", done.cause());
            }
          });
    }
  }

  private void measure() {
    board.inForce().set().all().stream()
        .filter(flag -> measured.add(flag.key()))
        .forEach(flag ->
            Gauge.builder("turnpike.flag", this, now -> now.isOn(flag.key()) ? 1 : 0)
                .description("1 where the flag is on for nobody in particular")
                .tag("key", flag.key())
                .tag("stage", flag.stage().word())
                .register(meters));
  }

  private boolean isOn(String key) {
    return decide(key, Circumstances.NONE).on();
  }

  private @Nullable Void poll() {
    watch.poll();
    board.sweep();
    return null;
  }

  private CompletableFuture<?> readSwitches() {
    if (!reading.compareAndSet(false, true)) {
      return CompletableFuture.completedFuture(null);
    }
    long before = changes.get();
    return soon(store.read())
        .whenComplete((switches, failure) -> {
          reading.set(false);
          // what was read before somebody switched something is older than what is here
          if (failure == null && before == changes.get()) {
            Switches all = switches;
            for (Switched one : owed.values()) {
              all = all.with(one);
            }
            board.switches(all);
          }
          storeTold(failure != null);
        });
  }

  // a connection that hangs is a store that is away
  private static <T> CompletableFuture<T> soon(CompletionStage<T> stage) {
    return stage
        .thenApply(Function.<T>identity())
        .toCompletableFuture()
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void storeTold(boolean away) {
    if (storeAway.compareAndSet(!away, away)) {
      if (away) {
        LOG.warn(
            "what administrators have switched cannot be read: what was read last holds, and where"
                + " nothing was, alphas are off");
      } else {
        LOG.info("what administrators have switched can be read again");
      }
    }
  }

  private static void told(News news) {
    switch (news) {
      case News.Taken(var set) -> LOG.infof("%d flags in force", set.all().size());
      case News.Refused(var problems) ->
          LOG.errorf(
              "flag files refused, the last good ones go on:%n  %s",
              String.join(System.lineSeparator() + "  ", problems));
      case News.Gone(var where) ->
          LOG.errorf("%s: alphas are off, and what was released is on", where);
    }
  }

  /** The flags that the program asks for, besides those of alphas. */
  static Map<String, Stage> known() {
    Map<String, Stage> known = new TreeMap<>();
    for (String edge : List.of(REVISION, Called.FLAG)) {
      Stream.concat(Revisions.MODERN_ALL.stream(), Revisions.LEGACY_ALL.stream())
          .forEach(revision -> known.put(edge + revision, Stage.STABLE));
      known.put(edge + Revisions.HTTP_SSE, Stage.DEPRECATED);
    }
    Versions.EACH.forEach(version -> known.put(AGENTS + version, Stage.STABLE));
    known.put(Flags.ALPHAS, Stage.STABLE);
    return known;
  }

  Board board() {
    return board;
  }

  /** Keeps it, and puts it in force here. Fails where nobody knows whether it was kept. */
  CompletionStage<?> put(Switched switched) {
    if (switched.tenant().isEmpty()) {
      owed.remove(switched.key());
    }
    return changed(store.put(switched), now -> now.with(switched));
  }

  /** Takes it back where it is kept, and here. Fails likewise. */
  CompletionStage<?> remove(String key, Optional<String> tenant) {
    if (tenant.isEmpty()) {
      owed.remove(key);
    }
    return changed(store.remove(key, tenant), now -> now.without(key, tenant));
  }

  private CompletionStage<?> changed(CompletionStage<?> kept, UnaryOperator<Switches> change) {
    return soon(kept)
        .thenAccept(_ -> {
          changes.incrementAndGet();
          board.switches(change.apply(board.inForce().switches()));
        });
  }

  /** Turns an alpha off for everybody, for what went wrong, until an administrator clears that. */
  void trip(String key, String why) {
    Switched off =
        new Switched(
            key,
            Optional.empty(),
            false,
            why,
            Switched.BREAKER,
            InstantSource.system().instant(),
            Optional.empty());
    owed.put(key, off);
    changes.incrementAndGet();
    board.switches(board.inForce().switches().with(off));
    keep(off);
  }

  private void keep(Switched off) {
    if (!keeping.add(off.key())) {
      return;
    }
    soon(store.put(off))
        .whenComplete((_, failure) -> {
          keeping.remove(off.key());
          if (failure == null) {
            changes.incrementAndGet();
            owed.remove(off.key(), off);
          }
        });
  }

  @Override
  public boolean isTripped(String key) {
    return board.inForce().switches().all().stream()
        .anyMatch(one -> one.key().equals(key) && one.by().equals(Switched.BREAKER));
  }

  @Override
  public boolean isOn(String key, Caller caller, String endpoint) {
    return decide(key, Circumstances.of(caller, endpoint)).on();
  }

  @Override
  public Optional<LaneLimits> limitsOf(String key) {
    return board.inForce().set().named(key).flatMap(Flag::lane);
  }

  /** Whether the flag is on there, and why; with what settings say of it. */
  Decision decide(String key, Circumstances circumstances) {
    Decision decision = board.decide(key, circumstances);
    // the setting that was there before the flag; whoever switches the flag has the last word
    return oldTransport
            && OLD_TRANSPORT.contains(key)
            && decision.because() == Decision.Because.FILE
        ? new Decision(true, Decision.Because.FILE, "the setting turnpike.mcp.http-sse=true")
        : decision;
  }

  /** Which revisions are served to whom, now. */
  Served served() {
    return this::serves;
  }

  /** Which versions of A2A are served to whom, now. */
  Versions agents() {
    return (version, caller, endpoint) ->
        decide(AGENTS + version, Circumstances.of(caller, endpoint)).on();
  }

  private boolean serves(String revision, Caller caller, String endpoint) {
    return decide(REVISION + revision, Circumstances.of(caller, endpoint)).on();
  }

  /** In which revisions upstreams are called, now: for all callers, and whichever they are. */
  Called called() {
    return new Called() {
      @Override
      public boolean calls(String revision, String upstream) {
        return isOn(FLAG + revision);
      }

      // what is switched off for a while must not keep a file from being read
      @Override
      public boolean permits(UpstreamSpec upstream) {
        return reaches(upstream)
            || decide(FLAG + Revisions.HTTP_SSE, Circumstances.NONE).because()
                == Decision.Because.ALL;
      }
    };
  }

  @Override
  public void close() {
    vertx.cancelTimer(poller);
    engines.close();
  }
}
