package dev.turnpike.testkit;

import dev.turnpike.account.MemoryLedger;
import dev.turnpike.assembly.Experiments;
import dev.turnpike.assembly.Gateway;
import dev.turnpike.assembly.Hearing;
import dev.turnpike.assembly.Settings;
import dev.turnpike.assembly.Trials;
import dev.turnpike.budget.Till;
import dev.turnpike.config.ConfigReader;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Setup;
import dev.turnpike.protocol.Experimental;
import dev.turnpike.protocol.Protocol;
import dev.turnpike.session.Session;
import dev.turnpike.upstream.Upstream;
import dev.turnpike.upstream.program.ProgramListener;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The whole road in this JVM, on a real socket of loopback, without Quarkus around it. */
public final class Road implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Timers timers = Timers.of(vertx);
  private final Gateway gateway;
  private final HttpServer server;
  private final int ownTimers;
  private final RecordedExchanges exchanges = new RecordedExchanges();
  private final RecordedFederation federation = new RecordedFederation();

  private final Optional<Trials> trials;

  private Road(
      String yaml,
      Settings settings,
      List<Protocol> extra,
      Till till,
      List<Experimental> alphas,
      Trying flags,
      Optional<URI> elsewhere) {
    try {
      Setup setup = setup(yaml);
      Hearing hearing =
          new Hearing(
              exchanges, () -> false, federation, ProgramListener.NOOP, new MemoryLedger(), till);
      this.trials =
          alphas.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new Trials(
                      alphas, timers.vertx(), settings, setup, hearing, flags, flags, elsewhere));
      this.gateway =
          new Gateway(
              timers.vertx(),
              settings,
              setup,
              hearing,
              trials
                  .map(lanes -> Experiments.aside(extra, lanes))
                  .orElseGet(() -> Experiments.besides(extra)));
      trials.ifPresent(lanes -> lanes.beside(gateway));
    } catch (ConfigRejected rejected) {
      throw new AssertionError(rejected);
    }
    this.ownTimers = timers.periodic();
    this.server =
        done(
            vertx
                .createHttpServer(
                    new HttpServerOptions().setMaxHeaderSize(32 * 1024).setHost("127.0.0.1"))
                .requestHandler(gateway.door())
                .listen(0));
  }

  /** What was told of upstreams behind endpoints with several. */
  public RecordedFederation federation() {
    return federation;
  }

  private static Road stable(String yaml, Settings settings, List<Protocol> extra, Till till) {
    return new Road(
        yaml,
        settings,
        extra,
        till,
        List.of(),
        new Trying(Trying.within(Duration.ofSeconds(1))),
        Optional.empty());
  }

  /** With alphas, each in a lane of its own. */
  public static Road trying(
      String yaml, Settings settings, List<Experimental> alphas, Trying flags) {
    return new Road(yaml, settings, List.of(), Till.inMemory(), alphas, flags, Optional.empty());
  }

  /** With alphas whose lanes are in the process at that address, which has the same keys. */
  public static Road sending(
      String yaml, Settings settings, List<Experimental> alphas, Trying flags, URI elsewhere) {
    return new Road(
        yaml, settings, List.of(), Till.inMemory(), alphas, flags, Optional.of(elsewhere));
  }

  /** The lanes of its alphas. */
  public Trials trials() {
    return trials.orElseThrow();
  }

  public static Road serving(String yaml) {
    return stable(yaml, Settings.DEFAULT, List.of(), Till.inMemory());
  }

  public static Road serving(String yaml, Settings settings) {
    return stable(yaml, settings, List.of(), Till.inMemory());
  }

  public static Road serving(String yaml, List<Protocol> extra) {
    return stable(yaml, Settings.DEFAULT, extra, Till.inMemory());
  }

  /** With the counters of somebody else's. */
  public static Road counting(String yaml, Till till) {
    return stable(yaml, Settings.DEFAULT, List.of(), till);
  }

  /** One anonymous endpoint of that name in front of the upstream, everything allowed. */
  public static String open(String name, String upstreamUrl) {
    return """
    upstreams:
      %1$s: { mcp: { url: "%2$s" } }
    endpoints:
      %1$s: { mcp: { upstreams: [%1$s] }, anonymous: true }
    rules:
      - name: all
        allow: { endpoints: [%1$s] }
    """
        .formatted(name, upstreamUrl);
  }

  public int port() {
    return server.actualPort();
  }

  public String url(String endpoint) {
    return "http://localhost:" + port() + "/mcp/" + endpoint;
  }

  public Gateway gateway() {
    return gateway;
  }

  /** What the gateway does from time to time. */
  public Timers timers() {
    return timers;
  }

  public RecordedExchanges exchanges() {
    return exchanges;
  }

  /**
   * Waits until everything that began has ended, and fails where something ended twice, broke, or
   * left an answer of an upstream, a request at the door, a reservation or a timer behind.
   */
  public void settle() {
    Eventually.holds(
        "one outcome of each exchange",
        () -> exchanges.all().stream().allMatch(e -> !e.outcomes().isEmpty()));
    Eventually.holds(
        "no answer of an upstream left open",
        () -> {
          int open = 0;
          for (Upstream upstream : gateway.inForce().upstreams().all()) {
            open += upstream.open();
          }
          return open == 0;
        });
    Eventually.holds("nothing left open at the door", () -> gateway.door().exchanges() == 0);
    Eventually.holds("no reservation left open", () -> gateway.inForce().budgets().open() == 0);
    Eventually.holds("no timer left going", () -> timers.periodic() <= ownTimers);
    exchanges.mustBeSound();
  }

  /** The sessions that are open. */
  public Collection<Session> sessions() {
    return gateway.sessions().all();
  }

  public void reload(String yaml) {
    try {
      gateway.reload(setup(yaml));
      Setup next = setup(yaml);
      trials.ifPresent(lanes -> lanes.reload(next));
    } catch (ConfigRejected rejected) {
      throw new AssertionError(rejected);
    }
  }

  private static Setup setup(String yaml) throws ConfigRejected {
    return ConfigReader.read(yaml, "turnpike.yaml", name -> null);
  }

  @Override
  public void close() {
    trials.ifPresent(Trials::close);
    gateway.close();
    done(vertx.close());
    exchanges.mustBeSound();
  }

  private static <T> T done(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }
}
