package dev.turnpike.protocol.alpha.toy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.DataPath;
import dev.turnpike.Snapshot;
import dev.turnpike.account.MemoryLedger;
import dev.turnpike.authorize.Policy;
import dev.turnpike.budget.Budgets;
import dev.turnpike.budget.Till;
import dev.turnpike.catalog.Endpoints;
import dev.turnpike.config.ConfigReader;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Setup;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.identify.Identifier;
import dev.turnpike.identify.Identity;
import dev.turnpike.lane.Lanes;
import dev.turnpike.protocol.Alpha;
import dev.turnpike.protocol.Protocols;
import dev.turnpike.relay.Relay;
import dev.turnpike.route.Router;
import dev.turnpike.testkit.RecordedReply;
import dev.turnpike.tokens.Counting;
import dev.turnpike.tokens.Estimator;
import dev.turnpike.tokens.Tally;
import dev.turnpike.upstream.OneUpstream;
import dev.turnpike.upstream.Upstreams;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The real road with one alpha on it, and no socket. */
abstract class ToyRoad {
  private static final String FILE =
      """
      upstreams:
        demo: { mcp: { url: http://127.0.0.1:9/mcp } }
        quiet: { mcp: { url: http://127.0.0.1:9/mcp } }
      endpoints:
        demo: { mcp: { upstreams: [demo] }, anonymous: true }
        quiet: { mcp: { upstreams: [quiet] }, anonymous: true }
      rules:
        - name: echo-on-the-demo
          allow: { endpoints: [demo], tools: [echo] }
      budgets:
        - name: two-a-day
          limit: 2
          unit: calls
          window: day
      """;

  private static Vertx vertx;

  final List<Outcome> ended = new ArrayList<>();
  private Snapshot snapshot;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @BeforeEach
  void compile() throws ConfigRejected {
    Setup setup = ConfigReader.read(FILE, "toy.yaml", _ -> null);
    snapshot =
        new Snapshot(
            Endpoints.of(setup),
            Upstreams.of(
                setup.upstreams(), Upstreams.none(), vertx, OneUpstream.overHttp(vertx, 1_024)),
            Policy.compile(setup.rules()),
            Budgets.compile(
                setup.budgets(),
                Budgets.NONE,
                Till.inMemory(),
                new Estimator(),
                () -> 0,
                () -> Instant.EPOCH));
  }

  /** Sends a request over the road, with the alpha's flag on or off; its one outcome. */
  Outcome send(Alpha alpha, boolean on, Inbound inbound, RecordedReply to) {
    DataPath path =
        new DataPath(
            () -> snapshot,
            new Identifier(Identity.NONE, InstantSource.system()),
            new Protocols(List.of(alpha), (flag, _) -> on && flag.equals("alpha.toy")),
            Lanes.STABLE_ONLY,
            new Router(),
            new Relay(
                8,
                100,
                new Tally(new Estimator(), new Counting(String::length, 0, () -> 0), Duration.ZERO),
                Map.of()),
            new MemoryLedger(),
            () -> Instant.EPOCH,
            _ ->
                new ExchangeListener.Watch() {
                  @Override
                  public void ended(Outcome outcome) {
                    ended.add(outcome);
                  }
                });
    List<Outcome> outcomes = path.serve(inbound, to).toCompletableFuture().join();
    assertThat(outcomes).hasSize(1);
    return outcomes.getFirst();
  }
}
