package dev.turnpike.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.authorize.Permitted;
import dev.turnpike.authorize.Rules;
import dev.turnpike.config.BudgetSpec;
import dev.turnpike.config.BudgetSpec.Window;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Mark;
import dev.turnpike.config.MatchSpec;
import dev.turnpike.exchange.Count;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Usage;
import dev.turnpike.expression.Exchanges;
import dev.turnpike.route.RoutedFixture;
import dev.turnpike.store.RedisCounters;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.RedisServer;
import dev.turnpike.tokens.Estimator;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several replicas on one real Redis: what they let through together. */
@EnabledIf("dev.turnpike.testkit.RedisServer#isHere")
class SharedBudgetsTest {
  private static final Duration PATIENCE = Duration.ofMillis(50);
  private static final Mark MARK = new Mark("turnpike.yaml", 1, 1);
  private static final Permitted CALL =
      Rules.permitted(
          RoutedFixture.routed(
              Exchanges.subject("ann", "acme"), Exchanges.call("tools", "t", "{}"), "up"));

  private static Vertx vertx;
  private static RedisServer server;
  private static Redis redis;
  private final List<Replica> replicas = new ArrayList<>();

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    server = RedisServer.start();
    redis = server.client(vertx);
  }

  @AfterAll
  static void stop() {
    redis.close();
    server.close();
    vertx.close();
  }

  @BeforeEach
  void empty() {
    RedisServer.command(redis, Command.FLUSHALL);
  }

  @AfterEach
  void end() {
    replicas.forEach(Replica::close);
  }

  private enum How {
    EXACT,
    LEASED,
    HARD
  }

  private static BudgetSpec spec(long limit, BudgetSpec.Unit unit, How how) {
    return new BudgetSpec(
        "shared",
        Optional.empty(),
        MatchSpec.ALL,
        limit,
        unit,
        Optional.empty(),
        new Window.Day(),
        how == How.HARD,
        how == How.EXACT,
        false,
        false,
        false,
        MARK);
  }

  /** One replica, whose store can be made to lose its answers. */
  private final class Replica implements AutoCloseable {
    private final Redis client = server.client(vertx);
    private final LossyStore store;
    private final SharedTill till;
    private final Budgets budgets;

    Replica(BudgetSpec spec) {
      this(spec, PATIENCE);
    }

    Replica(BudgetSpec spec, Duration patience) {
      String name = "replica" + replicas.size() + "-" + System.nanoTime();
      AtomicLong reservations = new AtomicLong();
      store = new LossyStore(new RedisCounters(vertx, client, name));
      till =
          new SharedTill(
              store,
              () -> Long.toString(reservations.incrementAndGet()),
              System::nanoTime,
              _ -> {},
              patience);
      try {
        budgets =
            Budgets.compile(
                List.of(spec),
                Budgets.NONE,
                till,
                new Estimator(),
                System::nanoTime,
                InstantSource.system());
      } catch (ConfigRejected e) {
        throw new AssertionError(e);
      }
      replicas.add(this);
      beat();
    }

    /** Beats until the store has answered one. */
    void beat() {
      Eventually.holds(
          "the store is there",
          () -> {
            till.beat();
            pause(20);
            return !till.degraded();
          });
    }

    Reserved reserve() throws Refused {
      return Reserving.reserve(budgets, CALL);
    }

    boolean serve() {
      try {
        reserve().settle(true, Usage.NONE);
        return true;
      } catch (Refused refused) {
        return false;
      }
    }

    Refusal refusal() {
      try {
        reserve().close();
        throw new AssertionError("let through");
      } catch (Refused refused) {
        return refused.reason();
      }
    }

    int served(int calls) {
      int served = 0;
      for (int i = 0; i < calls; i++) {
        served += serve() ? 1 : 0;
      }
      return served;
    }

    @Override
    public void close() {
      client.close();
    }
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private long used() {
    String key =
        RedisServer.command(redis, Command.KEYS, "*budget*").replace("[", "").replace("]", "");
    String units = key.isEmpty() ? "null" : RedisServer.command(redis, Command.HGET, key, "u");
    // a counter of what is under way goes with the last call
    return units.equals("null") ? 0 : Math.round(Double.parseDouble(units));
  }

  @Test
  void countsCallsOfAllReplicasTogetherWhereItIsExact() {
    BudgetSpec spec = spec(10, BudgetSpec.Unit.CALLS, How.EXACT);
    Replica one = new Replica(spec);
    Replica other = new Replica(spec);
    assertThat(one.served(6) + other.served(6)).isEqualTo(10);
    Refusal.OverBudget over = (Refusal.OverBudget) other.refusal();
    assertThat(over.remaining()).isZero();
    assertThat(over.limit()).isEqualTo(10);
    assertThat(over.reset()).isBetween(Duration.ZERO, Duration.ofDays(1));
  }

  @Test
  void servesFromItsShareAndAsksTheStoreForFewCalls() {
    Replica one = new Replica(spec(1_000_000, BudgetSpec.Unit.CALLS, How.LEASED));
    int before = one.store.asked();
    for (int round = 0; round < 20; round++) {
      assertThat(one.served(100)).isEqualTo(100);
      one.beat();
    }
    assertThat(one.store.asked() - before).isLessThan(200);
    one.till.end().toCompletableFuture().join();
    assertThat(used()).as("and nothing is forgotten").isEqualTo(2_000);
  }

  @Test
  void letsNoMoreThroughThanTheLimitOfSharesTaken() {
    BudgetSpec spec = spec(100, BudgetSpec.Unit.CALLS, How.LEASED);
    Replica one = new Replica(spec);
    Replica other = new Replica(spec);
    int served = 0;
    for (int round = 0; round < 30; round++) {
      served += one.served(5) + other.served(3);
      one.beat();
      other.beat();
    }
    assertThat(served).isEqualTo(100);
  }

  @Test
  void givesAShareBackThatNobodyUses() {
    BudgetSpec spec = spec(10, BudgetSpec.Unit.CALLS, How.LEASED);
    Replica one = new Replica(spec);
    Replica other = new Replica(spec);
    assertThat(one.serve()).isTrue();
    Eventually.holds(
        "all that the other did not use",
        () -> {
          one.beat();
          return used() == 1;
        });
    assertThat(other.served(12)).isGreaterThanOrEqualTo(8);
  }

  @Test
  void refusesWithoutAskingAgainWhatTheStoreHasJustRefused() {
    Replica one = new Replica(spec(1, BudgetSpec.Unit.CALLS, How.LEASED));
    assertThat(one.serve()).isTrue();
    assertThat(one.serve()).isFalse();
    int before = one.store.asked();
    assertThat(one.served(200)).isZero();
    assertThat(one.store.asked() - before).isLessThan(20);
  }

  @Test
  void countsCallsUnderWayOfAllReplicas() throws Refused {
    BudgetSpec spec = underWay(2);
    Replica one = new Replica(spec);
    Replica other = new Replica(spec);
    Reserved first = one.reserve();
    Reserved second = other.reserve();
    assertThat(one.serve()).isFalse();
    assertThat(((Refusal.OverBudget) other.refusal()).reset()).isEqualTo(Duration.ofSeconds(1));
    first.settle(true, Usage.NONE);
    Eventually.holds("a place is free", other::serve);
    second.close();
    Eventually.holds("nothing is under way, and nothing is kept", () -> used() == 0);
  }

  private static BudgetSpec underWay(long limit) {
    BudgetSpec like = spec(limit, BudgetSpec.Unit.CONCURRENT, How.LEASED);
    return new BudgetSpec(
        like.name(),
        like.per(),
        like.match(),
        limit,
        like.unit(),
        like.cost(),
        new Window.Open(),
        false,
        false,
        false,
        false,
        false,
        MARK);
  }

  @Test
  void carriesDebtOfAShareIntoTheStore() throws Refused {
    Replica one = new Replica(spec(10_000, BudgetSpec.Unit.TOKENS, How.LEASED));
    Replica other = new Replica(spec(10_000, BudgetSpec.Unit.TOKENS, How.LEASED));
    one.reserve().settle(true, tokens(30_000));
    one.beat();
    Eventually.holds("the debt is known", () -> used() == 30_000);
    assertThat(other.serve()).isFalse();
    assertThat(one.serve()).isFalse();
  }

  @Test
  void givesBackWhatFailedBeforeItWasSent() throws Refused {
    for (How how : List.of(How.EXACT, How.LEASED)) {
      empty();
      Replica one = new Replica(spec(10_000, BudgetSpec.Unit.TOKENS, how));
      one.reserve().close();
      one.till.end().toCompletableFuture().join();
      Eventually.holds("nothing is used", () -> used() == 0);
    }
  }

  @Test
  void goesOnWithItsPartWhileTheStoreIsAway() {
    BudgetSpec soft = spec(100, BudgetSpec.Unit.CALLS, How.LEASED);
    Replica one = new Replica(soft);
    Replica other = new Replica(soft);
    Replica hard = new Replica(spec(100, BudgetSpec.Unit.CALLS, How.HARD));
    one.beat();
    assertThat(one.till.replicas()).isEqualTo(3);
    server.stop();
    try {
      assertThat(one.served(100)).as("100 by three replicas, less a fifth").isEqualTo(26);
      assertThat(one.till.degraded()).isTrue();
      assertThat(((Refusal.OverBudget) one.refusal()).limit()).isEqualTo(26);
      assertThat(hard.refusal()).isInstanceOf(Refusal.CountersLost.class);
      assertThat(other.serve()).isTrue();
    } finally {
      server.begin();
    }
    one.beat();
    hard.beat();
    assertThat(one.serve()).as("it came back empty").isTrue();
    assertThat(hard.serve()).isTrue();
  }

  @Test
  void saysInTheHeadersThatItCountsForItself() throws Refused {
    Replica one = new Replica(spec(100, BudgetSpec.Unit.CALLS, How.LEASED));
    one.beat();
    server.stop();
    try {
      one.serve();
      try (Reserved reserved = one.reserve()) {
        assertThat(reserved.rateLimit().orElseThrow().policy()).endsWith(";degraded");
      }
    } finally {
      server.begin();
    }
    one.beat();
    try (Reserved reserved = one.reserve()) {
      assertThat(reserved.rateLimit().orElseThrow().policy()).doesNotContain("degraded");
    }
  }

  @Test
  void waitsForASlowStoreNoLongerThanItsPatience() {
    Replica one = new Replica(spec(1_000, BudgetSpec.Unit.CALLS, How.EXACT));
    Replica hard = new Replica(spec(1_000, BudgetSpec.Unit.CALLS, How.HARD));
    one.serve();
    server.sleep();
    try {
      assertThat(one.serve()).isTrue();
      assertThat(one.till.degraded()).isTrue();
      assertThat(hard.refusal()).isInstanceOf(Refusal.CountersLost.class);
    } finally {
      server.wake();
    }
    one.beat();
    Eventually.holds(
        "what the slow answer took is given back",
        () -> {
          one.beat();
          return used() == 1;
        });
  }

  @Test
  void goesOnWithAStoreThatWasEmptied() {
    Replica one = new Replica(spec(1_000, BudgetSpec.Unit.CALLS, How.LEASED));
    one.served(50);
    empty();
    assertThat(one.served(50)).isEqualTo(50);
    one.beat();
    one.till.end().toCompletableFuture().join();
    assertThat(used()).as("what it still held, and what it took since").isBetween(0L, 100L);
  }

  private static Usage tokens(long total) {
    return new Usage(Count.NONE, Count.reported(total), 0, Count.NONE);
  }

  /**
   * Answers that are lost, calls that fail, results of any size: when all replicas have ended, the
   * store has counted what was used, no more and no less.
   */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void countsEveryUnitOnce(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(seed);
    BudgetSpec spec = spec(200_000, BudgetSpec.Unit.TOKENS, seed % 2 == 0 ? How.EXACT : How.LEASED);
    List<Replica> all = List.of(new Replica(spec), new Replica(spec), new Replica(spec));
    record Running(Reserved reserved, boolean counted) {}
    List<Running> running = new ArrayList<>();
    long spent = 0;
    for (int step = 0; step < 400; step++) {
      Replica replica = all.get(random.nextInt(3));
      switch (random.nextInt(8)) {
        case 0, 1, 2, 3 -> {
          replica.store.lose(random.nextInt(12) == 0);
          try {
            Reserved reserved = replica.reserve();
            running.add(new Running(reserved, !replica.till.degraded()));
          } catch (Refused refused) {
            assertThat(refused.reason()).isInstanceOf(Refusal.OverBudget.class);
          }
          replica.store.lose(false);
        }
        case 4, 5, 6 -> {
          if (!running.isEmpty()) {
            Running one = running.remove(random.nextInt(running.size()));
            boolean sent = random.nextInt(5) > 0;
            long tokens = random.nextInt(2_000);
            one.reserved().settle(sent, tokens(tokens));
            spent += one.counted() && sent ? tokens : 0;
          }
        }
        default -> replica.beat();
      }
    }
    for (Running one : running) {
      one.reserved().settle(true, tokens(7));
      spent += one.counted() ? 7 : 0;
    }
    long expected = spent;
    all.forEach(Replica::beat);
    pause(50);
    all.forEach(Replica::beat);
    all.forEach(replica -> replica.till.end().toCompletableFuture().join());
    Eventually.holds("counted " + used() + " of " + expected, () -> used() == expected);
  }

  /** Lets a call through, or not, and hears what it came to. */
  @FunctionalInterface
  private interface Gate {
    Optional<Consumer<Usage>> enter();
  }

  /** What 200 callers at once got, whose results are larger than anybody could know. */
  private record Crowd(long served, int peak) {
    static final int CALLERS = 200;
    static final long LARGEST = 1_500;

    static Crowd through(List<Gate> gates, Runnable meanwhile) throws Exception {
      AtomicLong served = new AtomicLong();
      AtomicInteger underWay = new AtomicInteger();
      AtomicInteger peak = new AtomicInteger();
      try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> done = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
          Gate gate = gates.get(caller % gates.size());
          RandomGenerator random = RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(caller);
          done.add(
              callers.submit(() -> {
                for (int i = 0; i < 40; i++) {
                  Optional<Consumer<Usage>> call = gate.enter();
                  if (call.isEmpty()) {
                    pause(2);
                    continue;
                  }
                  peak.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                  pause(random.nextInt(5));
                  long tokens = random.nextLong(LARGEST);
                  served.addAndGet(tokens);
                  underWay.decrementAndGet();
                  call.get().accept(tokens(tokens));
                }
              }));
        }
        while (!done.stream().allMatch(Future::isDone)) {
          meanwhile.run();
          pause(100);
        }
        for (Future<?> one : done) {
          one.get();
        }
      }
      return new Crowd(served.get(), peak.get());
    }
  }

  private Gate gate(Replica replica) {
    return () -> {
      try {
        Reserved reserved = replica.reserve();
        return Optional.of(usage -> reserved.settle(true, usage));
      } catch (Refused refused) {
        return Optional.empty();
      }
    };
  }

  @ParameterizedTest
  @EnumSource(names = {"EXACT", "LEASED"})
  void exceedsTheLimitByNoMoreThanWhatIsUnderWay(How how) throws Exception {
    long limit = 300_000;
    BudgetSpec spec = spec(limit, BudgetSpec.Unit.TOKENS, how);
    // what is bounded is how they count together: a machine that is slow does not set them apart
    Duration patience = Duration.ofSeconds(10);
    List<Replica> all =
        List.of(
            new Replica(spec, patience), new Replica(spec, patience), new Replica(spec, patience));
    long estimate;
    try (Reserved one = all.getFirst().reserve()) {
      estimate = one.estimate().total();
    } catch (Refused refused) {
      throw new AssertionError(refused);
    }
    Crowd crowd =
        Crowd.through(
            all.stream().map(this::gate).toList(),
            () -> all.forEach(replica -> replica.till.beat()));
    assertThat(all).noneMatch(replica -> replica.till.degraded());
    // exact: a call is under way until the store has heard of its end
    int peak =
        how == How.EXACT
            ? all.stream().mapToInt(replica -> replica.store.most()).sum()
            : crowd.peak();
    long bound = (Crowd.LARGEST - estimate) * peak;

    AtomicLong used = new AtomicLong();
    Gate after =
        () -> used.get() < limit ? Optional.of(u -> used.addAndGet(u.total())) : Optional.empty();
    Crowd peers = Crowd.through(List.of(after, after, after), () -> {});
    System.out.printf(
        "%s: served %,d of %,d tokens; the bound is %,d more (%d calls under way, each at most %,d"
            + " beyond its estimate). Checked after the fact: %,d%n",
        how, crowd.served(), limit, bound, peak, Crowd.LARGEST - estimate, peers.served());
    assertThat(crowd.served() - limit).isLessThanOrEqualTo(bound);
    assertThat(crowd.served()).isGreaterThan(limit * 8 / 10);
  }
}
