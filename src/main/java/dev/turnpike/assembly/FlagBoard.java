package dev.turnpike.assembly;

import dev.turnpike.exchange.Caller;
import dev.turnpike.flagd.FlagdEngines;
import dev.turnpike.flags.Board;
import dev.turnpike.flags.Circumstances;
import dev.turnpike.flags.Decision;
import dev.turnpike.flags.FlagFolder;
import dev.turnpike.flags.FlagWatch;
import dev.turnpike.flags.FlagWatch.News;
import dev.turnpike.flags.Stage;
import dev.turnpike.flags.SwitchStore;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.Served;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The flags of this process: from the files, and from what administrators switch. */
@ApplicationScoped
class FlagBoard implements AutoCloseable {
  static final String REVISION = "protocol.mcp.";

  private static final Logger LOG = Logger.getLogger("turnpike.flags");
  private static final String ALPHAS = "gateway.alpha.all";
  private static final String USUAL = "feature-flags";
  private static final long POLL_MILLIS = 500;

  private final Vertx vertx;
  private final boolean oldTransport;
  private final FlagdEngines engines = new FlagdEngines();
  private final MeterRegistry meters;
  private final Set<String> measured = ConcurrentHashMap.newKeySet();
  private final Board board;
  private final SwitchStore store;
  private final FlagWatch watch;
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
            FlagBoard::told);
  }

  /** Reads what there is, and goes on looking. Blocks. */
  void begin() {
    board.listen(this::measure);
    // what is there at the start has settled
    watch.poll();
    watch.poll();
    readSwitches();
    poller = vertx.setPeriodic(POLL_MILLIS, _ -> vertx.executeBlocking(this::poll, false));
  }

  private void measure() {
    board.inForce().set().all().stream()
        .filter(flag -> measured.add(flag.key()))
        .forEach(flag ->
            Gauge.builder("turnpike.flag", board, now -> isOn(now, flag.key()) ? 1 : 0)
                .description("1 where the flag is on for nobody in particular")
                .tag("key", flag.key())
                .tag("stage", flag.stage().word())
                .register(meters));
  }

  private static boolean isOn(Board board, String key) {
    return board.decide(key, Circumstances.NONE).on();
  }

  private @Nullable Void poll() {
    watch.poll();
    board.sweep();
    readSwitches();
    return null;
  }

  private void readSwitches() {
    if (reading.compareAndSet(false, true)) {
      store
          .read()
          .whenComplete((switches, failure) -> {
            reading.set(false);
            if (failure == null) {
              board.switches(switches);
            }
            storeTold(failure != null);
          });
    }
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

  private static Map<String, Stage> known() {
    Map<String, Stage> known = new TreeMap<>();
    Stream.concat(Revisions.MODERN_ALL.stream(), Revisions.LEGACY_ALL.stream())
        .forEach(revision -> known.put(REVISION + revision, Stage.STABLE));
    known.put(REVISION + Revisions.HTTP_SSE, Stage.DEPRECATED);
    known.put(ALPHAS, Stage.STABLE);
    return known;
  }

  Board board() {
    return board;
  }

  /** Puts it where it is kept, and then here. */
  CompletionStage<?> change(CompletionStage<?> kept) {
    return kept.thenCompose(_ -> store.read()).thenAccept(board::switches);
  }

  SwitchStore store() {
    return store;
  }

  /** Which revisions are served to whom, now. */
  Served served() {
    return this::serves;
  }

  private boolean serves(String revision, Caller caller, String endpoint) {
    Decision decision = board.decide(REVISION + revision, Circumstances.of(caller, endpoint));
    // the setting that was there before the flag; whoever switches the flag has the last word
    return decision.on()
        || oldTransport
            && revision.equals(Revisions.HTTP_SSE)
            && decision.because() == Decision.Because.FILE;
  }

  @Override
  public void close() {
    vertx.cancelTimer(poller);
    engines.close();
  }
}
