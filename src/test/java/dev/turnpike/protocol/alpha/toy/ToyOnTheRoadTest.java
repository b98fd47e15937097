package dev.turnpike.protocol.alpha.toy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.DataPath;
import dev.turnpike.Snapshot;
import dev.turnpike.account.Ledger;
import dev.turnpike.authorize.Policy;
import dev.turnpike.budget.Budgets;
import dev.turnpike.catalog.Endpoints;
import dev.turnpike.config.ConfigReader;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Setup;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.identify.Identifier;
import dev.turnpike.protocol.Protocols;
import dev.turnpike.relay.Relay;
import dev.turnpike.route.Router;
import dev.turnpike.testkit.RecordedReply;
import dev.turnpike.testkit.Requests;
import dev.turnpike.upstream.Upstreams;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An alpha on the real road: what is off is invisible, and what is on has no side door. */
class ToyOnTheRoadTest {
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

  private static final Inbound ECHO = Requests.post("/toy/demo", "hello");

  private static Vertx vertx;

  private final RecordedReply reply = new RecordedReply();
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
            Upstreams.of(setup.upstreams(), Upstreams.none(), vertx, 1_024),
            Policy.compile(setup.rules()),
            Budgets.compile(setup.budgets(), Budgets.NONE, () -> 0, () -> Instant.EPOCH));
  }

  @Test
  void isAnsweredLikeAPathThatNobodyServesWhileItIsOff() {
    assertThat(send(false, ECHO, reply)).isEqualTo(turnedAway(new Refusal.NoSuchEndpoint()));

    RecordedReply unknown = new RecordedReply();
    send(false, Requests.post("/never/heard/of", "hello"), unknown);
    assertThat(reply.status()).isEqualTo(unknown.status()).isEqualTo(404);
    assertThat(reply.body()).isEqualTo(unknown.body());
    assertThat(reply.fields()).isEqualTo(unknown.fields());
  }

  @Test
  void isServedWhenItsFlagIsOnAndARuleAllowsIt() {
    assertThat(send(true, ECHO, reply)).isInstanceOf(Outcome.Served.class);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("hello");
  }

  @Test
  void isRefusedInItsOwnWordsWhereNoRuleAllowsIt() {
    assertThat(send(true, Requests.post("/toy/quiet", "hello"), reply))
        .isInstanceOf(Outcome.TurnedAway.class);
    assertThat(reply.body()).isEqualTo("toy says no: NoSuchTarget");
  }

  @Test
  void paysLikeEverybodyElse() {
    send(true, ECHO, new RecordedReply());
    send(true, ECHO, new RecordedReply());
    assertThat(send(true, ECHO, reply)).isInstanceOf(Outcome.TurnedAway.class);
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.body()).isEqualTo("toy says no: OverBudget");
  }

  private static Outcome turnedAway(Refusal reason) {
    return new Outcome.TurnedAway(reason);
  }

  private Outcome send(boolean on, Inbound inbound, RecordedReply to) {
    DataPath path =
        new DataPath(
            () -> snapshot,
            new Identifier(),
            new Protocols(List.of(new Toy()), (flag, _) -> on && flag.equals("alpha.toy")),
            new Router(),
            new Relay(8),
            new Ledger(),
            () -> Instant.EPOCH,
            new ExchangeListener() {
              @Override
              public Watch begun(Inbound begun) {
                return new Watch() {};
              }
            });
    List<Outcome> outcomes = path.serve(inbound, to).toCompletableFuture().join();
    assertThat(outcomes).hasSize(1);
    return outcomes.getFirst();
  }
}
