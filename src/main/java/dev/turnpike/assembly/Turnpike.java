package dev.turnpike.assembly;

import static dev.turnpike.assembly.StartRefused.unlessUsable;

import dev.turnpike.accept.Newcomers;
import dev.turnpike.audit.Audited;
import dev.turnpike.audit.Deed;
import dev.turnpike.audit.Repeats;
import dev.turnpike.audit.Trail;
import dev.turnpike.config.ConfigFile;
import dev.turnpike.config.ConfigReader;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.ConfigWatch;
import dev.turnpike.config.EndpointSpec;
import dev.turnpike.config.Setup;
import dev.turnpike.config.Wire;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.observe.AccessLog;
import dev.turnpike.observe.Labels;
import dev.turnpike.observe.LineWriter;
import dev.turnpike.observe.Listeners;
import dev.turnpike.observe.Meters;
import dev.turnpike.observe.Operations;
import dev.turnpike.observe.Uses;
import dev.turnpike.protocol.Experimental;
import dev.turnpike.protocol.mcp.Calls;
import dev.turnpike.protocol.mcp.Method;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Turnpike inside Quarkus: the gateway on the data port, its configuration kept in step with the
 * file.
 */
@ApplicationScoped
public class Turnpike {
  private static final Logger LOG = Logger.getLogger("turnpike");
  private static final String REJECTED = "turnpike.identity.rejected";
  private static final long POLL_MILLIS = 500;
  private static final long FLUSH_MILLIS = 1_000;
  private static final Duration LINES_GATHER = Duration.ofMillis(10);

  private final Vertx vertx;
  private final Settings settings;
  private final ProcessConfig config;
  private volatile @Nullable Gateway gateway;
  private volatile @Nullable ConfigWatch<Setup> watch;
  private final MeterRegistry meters;
  private final BudgetMeters budgetMeters;
  private final Ports ports;
  private final Traces traces;
  private final FlagBoard flags;
  private final LaneSettings lanes;
  private final List<Experimental> alphas;
  private volatile @Nullable Trials trials;
  private final Uses uses = new Uses(Calls::known, InstantSource.system());
  private volatile Setup builtIn = new Setup(Map.of(), Map.of(), List.of(), List.of());
  private final LineWriter accessLines;
  private final Trail trail;
  private final Repeats refusals;
  private final OidcIssuers issuers;
  private final Books books;
  private final Stores stores;
  private final DataPort limits;
  private final Optional<ProxyPort> proxied;
  private final Upkeep upkeep;
  private long poller = -1;
  private long flusher = -1;

  Turnpike(
      Vertx vertx,
      ProcessConfig config,
      MeterRegistry meters,
      OidcTokens tokens,
      OidcIssuers issuers,
      Books books,
      Stores stores,
      DataPort limits,
      Ports ports,
      Traces traces,
      FlagBoard flags,
      @All List<Experimental> alphas) {
    this.alphas = List.copyOf(alphas);
    this.vertx = vertx;
    this.config = config;
    this.meters = meters;
    this.budgetMeters = new BudgetMeters(meters);
    this.ports = ports;
    this.traces = traces;
    this.flags = flags;
    this.lanes = LaneSettings.of(config);
    Optional<BearerKeyFile> bearerKeys =
        unlessUsable(() -> config.identity().keysFile().map(Path::of).map(BearerKeyFile::open));
    this.settings =
        unlessUsable(() ->
            Configuration.settings(
                config,
                ports.http(),
                issuers.servers().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Identities.Issuing(tokens, issuers.servers())),
                bearerKeys,
                flags.served(),
                flags.called(),
                flags.agents(),
                reason -> meters.counter(REJECTED, "reason", reason).increment()));
    this.issuers = issuers;
    this.books = books;
    this.stores = stores;
    this.upkeep = new Upkeep(vertx, issuers, settings.keys(), bearerKeys, this::keysRead);
    this.limits = limits;
    this.proxied =
        config.identity().workload().equals("proxy-v2")
            ? Optional.of(new ProxyPort(config.proxyV2().port()))
            : Optional.empty();
    this.trail = unlessUsable(() -> Configuration.trail(config));
    this.refusals = new Repeats(trail::add);
    this.accessLines =
        LineWriter.to(
            System.out,
            LINES_GATHER,
            missing -> AccessLog.loss(config.accessLog().format(), missing));
  }

  private boolean isProxyPort(int port) {
    return proxied.isPresent() && config.proxyV2().port() == port;
  }

  void serve(@Observes Router router) {
    Gateway built = started();
    Newcomers.to(channel -> {
      if (channel.localAddress() instanceof InetSocketAddress here
          && (ports.isOfCallers(here.getPort()) || isProxyPort(here.getPort()))) {
        built.newcomer(channel);
        // before the watch on the head, which is to see requests
        proxied.ifPresent(port -> port.takes(channel));
      }
    });
    proxied.ifPresent(port -> port.open(vertx, limits.options(), built.door()::handle));
    // before whatever Quarkus itself has put there: nothing of it is on the data port
    router
        .route()
        .order(Integer.MIN_VALUE)
        .handler(rc -> built.door().handle(rc.request()))
        // a head that the router itself cannot take (no Host, a broken one, no path): it is ours
        // to refuse and to log
        .failureHandler(rc -> {
          if (rc.statusCode() == 400 || rc.statusCode() == 404) {
            built.door().handle(rc.request());
          } else {
            rc.next();
          }
        });
  }

  private Gateway started() {
    try {
      return start();
    } catch (ConfigRejected rejected) {
      throw StartRefused.because(String.valueOf(rejected.getMessage()));
    }
  }

  /** Whether nothing may go, since it cannot be written down. */
  boolean unheard() {
    return setup().audit().required() && trail.broken();
  }

  /** Endpoints that nobody can be let in to, since nobody can say who calls. */
  List<String> waiting() {
    return issuers.ready()
        ? List.of()
        : setup().endpoints().entrySet().stream()
            .filter(endpoint -> !endpoint.getValue().anonymous())
            .map(Map.Entry::getKey)
            .toList();
  }

  private void keysRead(BearerKeyFile file, String told) {
    LOG.warnf("bearer keys: %s", told);
    trail.add(Deed.act(Instant.now(), "bearer keys", "", "read", told));
    gateway().ifPresent(built -> built.keysChanged(file.get()));
  }

  private synchronized Gateway start() throws ConfigRejected {
    upkeep.begin();
    flags.begin();
    flags.board().listen(this::flagsChanged);
    flusher = vertx.setPeriodic(FLUSH_MILLIS, _ -> refusals.flush(Instant.now()));
    Optional<String> path = config.config().filter(p -> !p.isBlank());
    if (path.isPresent()) {
      ConfigFile file = new ConfigFile(Path.of(path.get()), System::getenv);
      ConfigWatch<Setup> opened =
          ConfigWatch.open(
              file, this::inForce, InstantSource.system(), new ConfigLog(trail::add, this::policy));
      watch = opened;
      poller = vertx.setPeriodic(POLL_MILLIS, _ -> vertx.executeBlocking(() -> poll(opened)));
    } else {
      String name =
          config.demo().equals(Demo.KEYCLOAK) ? "turnpike-keycloak.yaml" : "turnpike.yaml";
      builtIn = inForce(ConfigReader.read(ReadyFile.text(name), name, System::getenv));
    }
    Gateway built = gateway;
    if (built == null) {
      throw new IllegalStateException("no configuration was put in force");
    }
    trail.add(Deed.act(Instant.now(), "started", "", "in force", policy()));
    return built;
  }

  private void flagsChanged() {
    gateway().ifPresent(Gateway::withdraw);
    trials().ifPresent(Trials::flagsChanged);
  }

  private static @Nullable Void poll(ConfigWatch<Setup> opened) {
    opened.poll();
    return null;
  }

  private Setup inForce(Setup setup) throws ConfigRejected {
    Gateway built = gateway;
    if (built == null) {
      Hearing hearing =
          new Hearing(
              listener(),
              this::unheard,
              new FederationLog(),
              new ProgramLog(),
              books.ledger(),
              stores.till());
      Trials opened =
          new Trials(
              alphas,
              vertx,
              settings,
              setup,
              hearing,
              lanes.flags(flags),
              new LaneLog(flags, trail::add),
              lanes.elsewhere());
      trials = opened;
      Gateway first =
          new Gateway(
              vertx,
              settings,
              setup,
              hearing,
              lanes.experiments(opened, () -> gateway().orElseThrow(), hearing.exchanges()));
      opened.beside(first);
      gateway = first;
    } else {
      built.reload(setup);
      trials().ifPresent(opened -> opened.reload(setup));
    }
    gateway().ifPresent(now -> budgetMeters.inForce(now.inForce().budgets()));
    return setup;
  }

  private ExchangeListener listener() {
    Ticker ticker = System::nanoTime;
    AccessLog.Format format = config.accessLog().format();
    List<ExchangeListener> all = new ArrayList<>();
    all.addAll(
        List.of(
            AccessLog.to(accessLines, format, ticker, InstantSource.system()),
            new Audited(trail::add, refusals, InstantSource.system()),
            new Meters(meters, new Labels(this::serves, Method::known), ticker),
            new Operations(meters, Calls::known, ticker),
            uses));
    all.addAll(traces.listeners());
    return Listeners.all(all);
  }

  private String policy() {
    return gateway().map(built -> "policy " + built.inForce().policy().version()).orElse("");
  }

  /** What does not change while the process runs. */
  Settings settings() {
    return settings;
  }

  /** Who speaks what. */
  Uses uses() {
    return uses;
  }

  /** Takes refusals to the trail, wherever they are made. */
  Repeats refusals() {
    return refusals;
  }

  /** The audit trail. */
  Trail trail() {
    return trail;
  }

  private boolean serves(String endpoint) {
    Gateway built = gateway;
    return built != null && built.inForce().endpoints().named(endpoint).isPresent();
  }

  /** Writes the access lines that still wait; a second at most. */
  void lastLines() {
    accessLines.close();
  }

  /** The lanes of alphas, once there are some. */
  Optional<Trials> trials() {
    return Optional.ofNullable(trials);
  }

  /** The gateway, once there is one. */
  Optional<Gateway> gateway() {
    return Optional.ofNullable(gateway);
  }

  /** The paths of what is served in that protocol, in the order of the file. */
  List<String> paths(Wire wire) {
    return setup().endpoints().values().stream()
        .filter(endpoint -> endpoint.wire() == wire)
        .map(EndpointSpec::path)
        .toList();
  }

  /** What is in force, as it was written. */
  Setup setup() {
    ConfigWatch<Setup> opened = watch;
    return opened == null ? builtIn : opened.current().value();
  }

  /** The file that is watched; empty where the ready one is served. */
  Optional<ConfigWatch<Setup>> watched() {
    return Optional.ofNullable(watch);
  }

  void stop(@Observes ShutdownEvent event) {
    if (poller >= 0) {
      vertx.cancelTimer(poller);
    }
    upkeep.close();
    Gateway built = gateway;
    if (built != null) {
      built.close();
    }
    trials().ifPresent(Trials::close);
    Newcomers.to(_ -> {});
    proxied.ifPresent(ProxyPort::close);
    flags.close();
    stores.close();
    books.close();
    accessLines.close();
    vertx.cancelTimer(flusher);
    refusals.flush(Instant.MAX);
    trail.add(Deed.act(Instant.now(), "stopped", "", "done", ""));
    trail.close();
  }
}
