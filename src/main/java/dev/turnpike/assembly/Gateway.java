package dev.turnpike.assembly;

import dev.turnpike.DataPath;
import dev.turnpike.PlainRefusals;
import dev.turnpike.Snapshot;
import dev.turnpike.accept.Connections;
import dev.turnpike.accept.Crowd;
import dev.turnpike.accept.Door;
import dev.turnpike.accept.HeadWatch;
import dev.turnpike.accept.Hosts;
import dev.turnpike.account.Ledger;
import dev.turnpike.authorize.Policy;
import dev.turnpike.budget.Budgets;
import dev.turnpike.budget.Till;
import dev.turnpike.catalog.Endpoint;
import dev.turnpike.catalog.Endpoints;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Setup;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.identify.BearerKeys;
import dev.turnpike.identify.Identifier;
import dev.turnpike.protocol.Protocol;
import dev.turnpike.protocol.Protocols;
import dev.turnpike.protocol.a2a.AgentNotes;
import dev.turnpike.protocol.a2a.AgentScales;
import dev.turnpike.protocol.mcp.McpNotes;
import dev.turnpike.protocol.mcp.McpScales;
import dev.turnpike.protocol.mcp.federation.EndpointCatalog;
import dev.turnpike.protocol.mcp.httpsse.Posts;
import dev.turnpike.relay.Reckoning;
import dev.turnpike.relay.Relay;
import dev.turnpike.route.Router;
import dev.turnpike.session.Sessions;
import dev.turnpike.tokens.Counting;
import dev.turnpike.tokens.Estimator;
import dev.turnpike.tokens.Tally;
import dev.turnpike.upstream.Upstream;
import dev.turnpike.upstream.Upstreams;
import io.netty.channel.Channel;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** The whole gateway, put together. Thread-safe. */
public final class Gateway implements AutoCloseable {
  private static final long SWEEP_MILLIS = 5_000;
  private static final long ENDING_SECONDS = 10;
  private static final long TOLD_EVERY_NANOS = Duration.ofSeconds(1).toNanos();
  private static final Outcome TOO_MANY =
      new Outcome.TurnedAway(
          new Refusal.Overloaded("Turnpike has as many connections as it takes"));

  private final Vertx vertx;
  private final Settings settings;
  private final Experiments experiments;
  private final DataPath path;
  private final Protocols words;
  private final Ways ways;
  private final Set<Upstream> retiring = ConcurrentHashMap.newKeySet();
  private final Ticker ticker = System::nanoTime;
  private final InstantSource wall = InstantSource.system();
  private final AtomicReference<Snapshot> snapshot;
  private final Sessions sessions;
  private final Ledger ledger;
  private final Till till;
  private final Estimator estimator = new Estimator();
  private final Counting counting;
  private final StableProtocols stable;
  private final Door door;
  private final Connections connections;
  private final Crowd crowd;
  private final AtomicLong toldNanos;
  private final Context inquiries;
  private final Relay relay;
  private final Edges edges;
  private final HeadWatch.Unread unread;
  private final long sweeper;

  /**
   * @param experiments which there are here: in each lane others
   */
  public Gateway(
      Vertx vertx, Settings settings, Setup setup, Hearing hearing, Experiments experiments)
      throws ConfigRejected {
    this.vertx = vertx;
    this.experiments = experiments;
    this.inquiries = vertx.getOrCreateContext();
    this.settings = settings;
    this.ledger = hearing.ledger();
    this.till = hearing.till();
    SecureRandom random = new SecureRandom();
    this.ways =
        new Ways(
            vertx,
            settings.called(),
            settings.bounds().answer(),
            hearing.programs(),
            ticker,
            random);
    this.snapshot = new AtomicReference<>(snapshot(setup, Upstreams.none(), Budgets.NONE));
    this.sessions =
        new Sessions(
            settings.bounds().sessions(),
            settings.bounds().replay(),
            ticker,
            new SecureRandom(),
            experiments.sessions());
    this.connections = new Connections(settings.bounds().connectionAge(), ticker, random);
    this.toldNanos = new AtomicLong(ticker.nanos() - 2 * TOLD_EVERY_NANOS);
    this.crowd = new Crowd(settings.bounds().connections());
    this.counting = new Counting(settings.exact().tokenizer(), settings.exact().share(), ticker);
    this.relay =
        new Relay(
            settings.bounds().streamsPerCaller(),
            settings.bounds().callsPerCaller(),
            new Tally(estimator, counting, settings.exact().patience()),
            Map.of(
                "mcp", new Reckoning(new McpScales(settings.reporting()), new McpNotes()),
                "a2a", new Reckoning(new AgentScales(), new AgentNotes())));
    this.stable = new StableProtocols(settings, experiments, sessions, hearing, ticker, random);
    this.edges =
        new Edges(
            snapshot::get,
            settings.served(),
            sessions,
            relay,
            stable.lines(),
            stable.natures(),
            stable.pool());
    List<Protocol> protocols = new ArrayList<>(stable.all());
    protocols.addAll(experiments.protocols());
    ExchangeListener listener = hearing.exchanges();
    this.unread = (inbound, outcome) -> listener.begun(inbound).ended(outcome);
    this.words = new Protocols(protocols, experiments.on());
    this.path =
        new DataPath(
            snapshot::get,
            new Identifier(settings.identity(), wall),
            words,
            experiments.lanes(),
            new Router(),
            relay,
            ledger,
            wall,
            listener);
    this.door =
        new Door(
            vertx,
            settings.bounds().accept(),
            new Hosts(
                settings.site().publicUrl(),
                settings.site().allowedHosts(),
                settings.site().allowedOrigins()),
            connections,
            ticker,
            new Heard(
                    experiments
                        .entrance()
                        .apply(new Posts(stable.lines(), path::serve, this::here)::serve),
                    hearing)
                ::serve,
            (inbound, reason, reply) -> {
              ExchangeListener.Watch watch = listener.begun(inbound);
              PlainRefusals.answer(reason, reply);
              watch.ended(new Outcome.TurnedAway(reason));
            },
            unread);
    this.sweeper = vertx.setPeriodic(SWEEP_MILLIS, _ -> sweep());
  }

  private Executor here() {
    Context loop = vertx.getOrCreateContext();
    return action -> loop.runOnContext(_ -> action.run());
  }

  /** What takes the requests of the data port. */
  public Door door() {
    return door;
  }

  /** Takes a connection that has just been made, or closes it where there are too many. */
  public void newcomer(Channel channel) {
    if (!crowd.enter(channel)) {
      turned();
      return;
    }
    HeadWatch.begin(
        channel, settings.bounds().accept().headTime(), DataPort.STREAMS_PER_CONNECTION, unread);
  }

  // a flood of connections does not become a flood of lines
  private void turned() {
    long now = ticker.nanos();
    long before = toldNanos.get();
    if (now - before > TOLD_EVERY_NANOS && toldNanos.compareAndSet(before, now)) {
      unread.ended(Inbound.NONE, TOO_MANY);
    }
  }

  /** All that there is to call, endpoint by endpoint. From any thread; asks the upstreams. */
  public CompletableFuture<List<EndpointCatalog>> catalog() {
    CompletableFuture<List<EndpointCatalog>> whole = new CompletableFuture<>();
    inquiries.runOnContext(_ -> {
      Snapshot now = snapshot.get();
      List<CompletableFuture<EndpointCatalog>> asked =
          now.endpoints().all().stream()
              .map(endpoint -> catalog(endpoint, now.upstreams()))
              .toList();
      CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
          .thenAccept(_ -> whole.complete(asked.stream().map(CompletableFuture::join).toList()));
    });
    return whole;
  }

  private CompletableFuture<EndpointCatalog> catalog(Endpoint endpoint, Upstreams upstreams) {
    return switch (endpoint.wire()) {
      case MCP -> stable.federation().catalog(endpoint, upstreams);
      case A2A -> AgentCatalog.of(endpoint, upstreams, stable.agents());
    };
  }

  /** The road, for whoever knows the caller already: on an event loop of this gateway. */
  public DataPath road() {
    return path;
  }

  /** In whose words requests are refused. */
  Protocols words() {
    return words;
  }

  public Ledger ledger() {
    return ledger;
  }

  public Sessions sessions() {
    return sessions;
  }

  public Snapshot inForce() {
    return snapshot.get();
  }

  /** Puts a new configuration in force, whole or not at all. */
  public void reload(Setup setup) throws ConfigRejected {
    Snapshot before = snapshot.get();
    Snapshot next = snapshot(setup, before.upstreams(), before.budgets());
    snapshot.set(next);
    edges.reloaded();
    before.policy().replacedBy(next.policy());
    relay.relisted(routed -> ListChanges.of(before, next, routed));
    stable.lines().retain(path -> next.endpoints().at(path).isPresent());
    sessions.all().stream()
        .filter(session -> next.endpoints().named(session.endpoint()).isEmpty())
        .filter(sessions::end)
        .forEach(ended -> Withdrawal.farewell(before, ended));
    before
        .upstreams()
        .droppedBy(next.upstreams())
        .forEach(dropped -> {
          retiring.add(dropped);
          Retirement.of(vertx, dropped, () -> retiring.remove(dropped));
        });
  }

  /** Ends what is open of revisions that are turned off, at the edge where they are. */
  public void withdraw() {
    edges.withdraw();
  }

  Edges edges() {
    return edges;
  }

  /** Ends the streams of those whose keys are no longer good. */
  public void keysChanged(BearerKeys keys) {
    relay.end(routed ->
        routed
            .caller()
            .subject()
            .filter(subject -> BearerKeys.vouchFor(subject) && !keys.knows(subject))
            .isPresent());
  }

  private Snapshot snapshot(Setup read, Upstreams upstreams, Budgets budgets)
      throws ConfigRejected {
    Released.check(read, settings.called());
    Setup setup = experiments.setup().apply(read);
    Endpoints endpoints = Endpoints.of(setup);
    Policy policy =
        Policy.compile(
            setup.rules(), call -> endpoints.named(call.endpoint()).flatMap(settings::metadata));
    Budgets compiled =
        Budgets.compile(
            setup.budgets(),
            setup.prices(),
            budgets.and(experiments.shared().get()),
            till,
            estimator,
            ticker,
            wall);
    return new Snapshot(
        endpoints, Upstreams.of(setup.upstreams(), upstreams, vertx, ways), policy, compiled);
  }

  /**
   * Begins the end: no new streams, streams that only stand open end within the time, spread over
   * it so that callers do not all come back at once, and no connection outlives what is under way
   * on it. Calls go on.
   */
  public void drain(Duration over) {
    crowd.close();
    relay.drain(over, new SecureRandom());
    connections.drain();
    // whoever comes back later comes to another process, which does not have the call
    vertx.setTimer(Math.max(1, over.toMillis()), _ -> stable.toLegacy().close());
  }

  private void sweep() {
    Snapshot now = snapshot.get();
    edges.sweep();
    stable.toLegacy().sweep();
    relay.expire(wall.instant());
    now.upstreams().all().forEach(Upstream::sweep);
    sessions.sweep().forEach(ended -> Withdrawal.farewell(now, ended));
  }

  @Override
  public void close() {
    vertx.cancelTimer(sweeper);
    counting.close();
    stable.toLegacy().close();
    List<CompletableFuture<?>> ending = new ArrayList<>();
    snapshot
        .get()
        .upstreams()
        .all()
        .forEach(upstream -> ending.add(upstream.close().toCompletableFuture()));
    retiring.forEach(upstream -> ending.add(upstream.close().toCompletableFuture()));
    try {
      CompletableFuture.allOf(ending.toArray(CompletableFuture[]::new))
          .get(ENDING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException _) {
      // what is left of them was sent the signal that cannot be refused
    }
  }
}
