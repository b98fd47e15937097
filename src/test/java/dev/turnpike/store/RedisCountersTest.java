package dev.turnpike.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.budget.SharedStore.Counter;
import dev.turnpike.budget.SharedStore.Need;
import dev.turnpike.budget.SharedStore.Spent;
import dev.turnpike.budget.SharedStore.Standing;
import dev.turnpike.budget.SharedStore.Told;
import dev.turnpike.config.BudgetSpec.Window;
import dev.turnpike.testkit.RedisServer;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script in a real Redis, whose clock the test moves: it reads it from a list. */
@EnabledIf("dev.turnpike.testkit.RedisServer#isHere")
class RedisCountersTest {
  private static final String CLOCK = "{turnpike}:clock";
  private static final Counter MINUTE =
      new Counter("minute/tokens", "ann", new Window.Rolling(Duration.ofMinutes(1)));
  private static final Counter DAY = new Counter("day/tokens", "ann", new Window.Day());
  private static final Counter MONTH = new Counter("month/tokens", "ann", new Window.Month());

  private static Vertx vertx;
  private static RedisServer server;
  private static Redis redis;

  private Instant now = Instant.parse("2027-12-31T23:00:00Z");
  private RedisCounters ours;

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
    at(now);
    ours = replica("ours");
    beat(ours);
  }

  private static RedisCounters replica(String name) {
    String shipped = Script.read();
    String moved =
        shipped.replace("redis.call('TIME')", "redis.call('LRANGE', '" + CLOCK + "', 0, 1)");
    assertThat(moved).isNotEqualTo(shipped);
    return new RedisCounters(vertx, new Script(redis, moved), name);
  }

  private void at(Instant instant) {
    now = instant;
    RedisServer.command(redis, Command.DEL, CLOCK);
    RedisServer.command(
        redis, Command.RPUSH, CLOCK, instant.getEpochSecond(), instant.getNano() / 1_000);
  }

  private void pass(Duration time) {
    at(now.plus(time));
  }

  private static <T> T done(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private static int beat(RedisCounters replica) {
    return done(replica.beat());
  }

  private Standing take(String reservation, Counter counter, long limit, long amount) {
    return done(ours.take(reservation, List.of(new Need.Exact(counter, limit, true, amount, 1))))
        .getFirst();
  }

  private void settle(String reservation, Counter counter, long limit, long used) {
    done(ours.settle(reservation, List.of(new Spent(counter, limit, used)), false));
  }

  private long left(Counter counter, long limit) {
    return take("", counter, limit, 0).left();
  }

  @Test
  void refillsABucketEvenly() {
    assertThat(take("a", MINUTE, 60, 60).left()).isZero();
    Standing refused = take("b", MINUTE, 60, 10);
    assertThat(refused.enough()).isFalse();
    assertThat(refused.reset()).isEqualTo(Duration.ofSeconds(10));
    assertThat(refused.window()).isEqualTo(Duration.ofMinutes(1));
    pass(Duration.ofSeconds(9));
    assertThat(take("b", MINUTE, 60, 10).enough()).isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(take("b", MINUTE, 60, 10).enough()).isTrue();
    pass(Duration.ofDays(4000));
    assertThat(left(MINUTE, 60)).isEqualTo(60);
  }

  @Test
  void countsDaysAndMonthsByTheServersClock() {
    assertThat(take("a", DAY, 5, 2).reset()).isEqualTo(Duration.ofHours(1));
    assertThat(take("b", MONTH, 5, 2).window()).isEqualTo(Duration.ofDays(31));
    pass(Duration.ofHours(1));
    assertThat(left(DAY, 5)).isEqualTo(5);
    assertThat(left(MONTH, 5)).isEqualTo(5);
    at(Instant.parse("2028-02-29T23:00:00Z"));
    Standing leap = take("c", MONTH, 5, 5);
    assertThat(leap.window()).isEqualTo(Duration.ofDays(29));
    assertThat(leap.reset()).isEqualTo(Duration.ofHours(1));
    at(Instant.parse("2028-03-01T00:00:00Z"));
    assertThat(left(MONTH, 5)).isEqualTo(5);
  }

  @Test
  void staysInItsWindowWhenTheClockStepsBackALittle() {
    at(Instant.parse("2028-01-01T00:00:01Z"));
    take("a", DAY, 5, 3);
    at(Instant.parse("2027-12-31T23:59:50Z"));
    assertThat(left(DAY, 5)).isEqualTo(2);
    take("m", MINUTE, 60, 60);
    pass(Duration.ofSeconds(-30));
    assertThat(left(MINUTE, 60)).isZero();
    pass(Duration.ofSeconds(30));
    assertThat(left(MINUTE, 60)).isZero();
  }

  @Test
  void comesBackFromAClockThatWasFarAhead() {
    at(Instant.parse("2040-05-01T12:00:00Z"));
    take("a", DAY, 5, 3);
    take("m", MINUTE, 60, 60);
    at(Instant.parse("2027-12-31T12:00:00Z"));
    assertThat(left(DAY, 5)).as("what was used stays used").isEqualTo(2);
    assertThat(take("", DAY, 5, 0).reset()).isEqualTo(Duration.ofHours(12));
    left(MINUTE, 60);
    pass(Duration.ofSeconds(30));
    assertThat(left(MINUTE, 60)).isEqualTo(30);
  }

  @Test
  void takesFromAllOrFromNone() {
    Need day = new Need.Exact(DAY, 5, true, 3, 0);
    Need minute = new Need.Exact(MINUTE, 2, true, 3, 0);
    take("before", MINUTE, 2, 1);
    List<Standing> both = done(ours.take("a", List.of(day, minute)));
    assertThat(both).extracting(Standing::enough).containsExactly(true, false);
    assertThat(left(DAY, 5)).isEqualTo(5);
    List<Standing> observed =
        done(ours.take("b", List.of(day, new Need.Exact(MINUTE, 2, false, 3, 0))));
    assertThat(observed).extracting(Standing::enough).containsExactly(true, false);
    assertThat(left(DAY, 5)).isEqualTo(2);
    assertThat(left(MINUTE, 2)).isEqualTo(1);
  }

  @Test
  void letsACallThroughThatNeedsMoreThanAllWhereAllIsLeft() {
    assertThat(take("a", DAY, 5, 8).enough()).isTrue();
    assertThat(left(DAY, 5)).isZero();
    assertThat(take("b", DAY, 5, 1).enough()).isFalse();
  }

  @Test
  void settlesOnceHoweverOftenItIsTold() {
    take("a", DAY, 100, 10);
    settle("a", DAY, 100, 25);
    assertThat(left(DAY, 100)).isEqualTo(75);
    done(ours.settle("a", List.of(new Spent(DAY, 100, 25)), true));
    assertThat(left(DAY, 100)).isEqualTo(75);
    settle("a", DAY, 100, 25);
    assertThat(left(DAY, 100)).as("a reservation that the store never had").isEqualTo(50);
    take("b", DAY, 100, 50);
    settle("b", DAY, 100, 120);
    assertThat(left(DAY, 100)).as("debt").isZero();
    take("c", DAY, 200, 10);
    settle("c", DAY, 200, 0);
    assertThat(left(DAY, 200)).as("170 are used").isEqualTo(30);
  }

  @Test
  void settlesNothingIntoALaterWindow() {
    take("a", DAY, 100, 10);
    pass(Duration.ofHours(2));
    settle("a", DAY, 100, 90);
    assertThat(left(DAY, 100)).isEqualTo(100);
  }

  @Test
  void givesBackWhatALostReplicaHeld() {
    RedisCounters lost = replica("lost");
    beat(lost);
    assertThat(beat(ours)).isEqualTo(2);
    done(lost.take("a", List.of(new Need.Exact(DAY, 100, true, 30, 4))));
    done(
        lost.take(
            "",
            List.of(
                new Need.Leased(
                    DAY, 100, true, new Told(1, 0, OptionalLong.empty(), false), 5, 8))));
    assertThat(left(DAY, 100)).isEqualTo(100 - 30 - 5 - 8);
    pass(Duration.ofSeconds(9));
    beat(ours);
    assertThat(left(DAY, 100)).as("it may only be slow").isEqualTo(57);
    pass(Duration.ofSeconds(2));
    assertThat(beat(ours)).isEqualTo(1);
    assertThat(left(DAY, 100)).as("what surely was sent stands").isEqualTo(96);
    assertThat(RedisServer.command(redis, Command.KEYS, "*open:lost*")).isEqualTo("[]");
  }

  @Test
  void hearsOfSharesWithoutCountingTwice() {
    leased(1, 0, OptionalLong.empty(), 10, 20);
    assertThat(left(DAY, 100)).isEqualTo(70);
    leased(2, 12, OptionalLong.of(18), 0, 0);
    assertThat(left(DAY, 100)).as("12 of 30 used, 18 in hand").isEqualTo(70);
    leased(3, 12, OptionalLong.of(8), 0, 0);
    assertThat(left(DAY, 100)).as("10 given back").isEqualTo(80);
    assertThat(leased(4, 25, OptionalLong.of(-5), 0, 0).covered()).isEqualTo(5);
    assertThat(left(DAY, 100)).as("5 more used than it held").isEqualTo(75);
    leased(3, 12, OptionalLong.of(8), 0, 0);
    assertThat(left(DAY, 100)).as("an old word that comes late").isEqualTo(75);
    leased(5, 25, OptionalLong.of(0), 0, 0);
    assertThat(left(DAY, 100)).isEqualTo(75);
  }

  private Standing leased(long serial, long used, OptionalLong hand, long amount, long ahead) {
    return done(ours.take(
            "",
            List.of(
                new Need.Leased(
                    DAY, 100, true, new Told(serial, used, hand, false), amount, ahead))))
        .getFirst();
  }

  @Test
  void leavesSomethingForTheOthersWhenItGrantsAhead() {
    beat(replica("other"));
    beat(replica("third"));
    assertThat(leased(1, 0, OptionalLong.empty(), 40, 1_000).ahead()).isEqualTo(60 / 6);
    assertThat(leased(2, 50, OptionalLong.empty(), 51, 0).enough()).isFalse();
    assertThat(leased(3, 50, OptionalLong.empty(), 50, 1_000).ahead()).isZero();
  }

  @Test
  void keepsNoCounterLongerThanItMatters() {
    take("a", MINUTE, 60, 60);
    take("b", DAY, 5, 1);
    for (String key : List.of(Keys.counter(MINUTE), Keys.counter(DAY))) {
      long seconds = Long.parseLong(RedisServer.command(redis, Command.TTL, key));
      assertThat(seconds).isGreaterThan(60);
    }
  }

  @Test
  void writesNoCallersNameIntoAKey() {
    take("a", MINUTE, 60, 1);
    assertThat(RedisServer.command(redis, Command.KEYS, "*")).doesNotContain("ann");
  }

  @Test
  void findsItsScriptAgainAfterTheServerForgotIt() {
    take("a", DAY, 5, 1);
    RedisServer.command(redis, Command.SCRIPT, "FLUSH");
    assertThat(take("b", DAY, 5, 1).left()).isEqualTo(3);
  }

  private static Need exact(Counter counter, RandomGenerator random) {
    long amount = random.nextInt(40);
    return new Need.Exact(
        counter, 60, random.nextInt(4) > 0, amount, Math.min(amount, random.nextInt(5)));
  }

  /**
   * Whatever replicas reserve, settle, settle again and leave behind, and however the clock steps:
   * the store and its twin say the same.
   */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void countsAsItsTwinDoes(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(seed);
    NaiveStore twin = new NaiveStore(now);
    List<Counter> counters = List.of(MINUTE, DAY, MONTH);
    List<RedisCounters> replicas = new ArrayList<>(List.of(ours));
    List<String> names = new ArrayList<>(List.of("ours"));
    twin.beat("ours");
    List<NaiveStore.Open> open = new ArrayList<>();
    for (int step = 0; step < 300; step++) {
      int who = random.nextInt(replicas.size());
      String as = "step " + step;
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3 -> {
          List<Need> needs = new ArrayList<>();
          for (Counter counter : counters) {
            if (random.nextBoolean()) {
              needs.add(exact(counter, random));
            }
          }
          if (!needs.isEmpty()) {
            List<Standing> said = done(replicas.get(who).take("r" + step, needs));
            NaiveStore.Answer expected = twin.take(names.get(who), "r" + step, needs);
            assertThat(said.stream().map(Standing::enough).toList())
                .as(as)
                .isEqualTo(expected.enough());
            assertThat(said.stream().map(Standing::left).toList())
                .as(as)
                .isEqualTo(expected.left());
            open.add(new NaiveStore.Open(who, "r" + step, needs));
          }
        }
        case 4, 5, 6 -> {
          if (!open.isEmpty()) {
            NaiveStore.Open one = open.get(random.nextInt(open.size()));
            List<Spent> spent = new ArrayList<>();
            for (Need need : one.needs()) {
              spent.add(new Spent(need.counter(), 60, random.nextInt(60)));
            }
            boolean again = random.nextInt(4) == 0;
            done(replicas.get(one.who()).settle(one.reservation(), spent, again));
            twin.settle(names.get(one.who()), one.reservation(), spent, again);
          }
        }
        case 7 -> {
          assertThat(beat(replicas.get(who))).as(as).isEqualTo(twin.beat(names.get(who)));
        }
        case 8 -> {
          if (replicas.size() < 4) {
            names.add("replica" + step);
            replicas.add(replica("replica" + step));
            assertThat(beat(replicas.getLast())).as(as).isEqualTo(twin.beat(names.getLast()));
          }
        }
        default -> {
          pass(
              switch (random.nextInt(6)) {
                case 0 -> Duration.ofSeconds(-random.nextInt(600));
                case 1 -> Duration.ofHours(random.nextInt(30));
                default -> Duration.ofSeconds(random.nextInt(12));
              });
          twin.at(now);
        }
      }
      for (Counter counter : counters) {
        assertThat(left(counter, 60)).as(as + " " + counter.name()).isEqualTo(twin.left(counter));
      }
    }
  }
}
