package dev.turnpike.jar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.RedisServer;
import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.Scripts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Three processes on one Redis. */
@EnabledIf("dev.turnpike.testkit.RedisServer#isHere")
class SharedBudgetsIT {
  private static final int CALLERS = 200;
  private static final int CALLS = 10;
  private static final int LIMIT = 600;

  @TempDir private Path folder;

  private static final String BUDGETS =
      """
      budgets:
        - { name: %s, limit: %d, unit: calls, window: day, exact: %b, hard: %b }
      """;

  private Jar start(String name, FakeUpstream up, RedisServer redis, String budgets, String... more)
      throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    Path file =
        Files.writeString(own.resolve("turnpike.yaml"), Road.open("one", up.url()) + budgets);
    List<String> settings =
        new ArrayList<>(
            List.of(
                "-Dturnpike.store=redis",
                "-Dturnpike.ledger.url=memory",
                "-Dquarkus.redis.hosts=" + redis.url()));
    settings.addAll(List.of(more));
    return Jar.start(own, Map.of("TURNPIKE_CONFIG", file.toString()), settings);
  }

  private static FakeUpstream answering() {
    FakeUpstream up = FakeUpstream.modern();
    up.on(
        "tools/call",
        Scripts.json(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"complete\",\"content\":[]}}"));
    return up;
  }

  private static RawRequest call() {
    return RawRequest.call("one", "7", "echo", "{}").replaced("Host", "localhost");
  }

  private static RawAnswer answer(Jar jar) {
    try (RawCaller caller = RawCaller.to(jar.port())) {
      return caller.send(call()).answer();
    }
  }

  private static boolean degraded(Jar jar) {
    try {
      return Jar.get(jar.managementUrl("/q/metrics"))
          .body()
          .lines()
          .anyMatch(line -> line.startsWith("turnpike_store_degraded") && line.endsWith(" 1.0"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void letsTwoHundredCallersThroughNoMoreThanTheLimit() throws Exception {
    // what is slow here is the machine, which runs three of them and their callers
    String patience = "-Dturnpike.store-patience=10s";
    String lateness = "-Dturnpike.limits.lateness=10s";
    for (boolean exact : List.of(true, false)) {
      String budgets = BUDGETS.formatted("exact-" + exact, LIMIT, exact, false);
      try (FakeUpstream up = answering();
          RedisServer redis = RedisServer.start();
          Jar one = start("one" + exact, up, redis, budgets, patience, lateness);
          Jar two = start("two" + exact, up, redis, budgets, patience, lateness);
          Jar three = start("three" + exact, up, redis, budgets, patience, lateness)) {
        List<Jar> jars = List.of(one.ready(), two.ready(), three.ready());
        Eventually.holds(
            "the store is there", () -> jars.stream().noneMatch(SharedBudgetsIT::degraded));
        AtomicInteger served = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
          List<Future<?>> done = new ArrayList<>();
          for (int i = 0; i < CALLERS; i++) {
            Jar jar = jars.get(i % 3);
            done.add(
                callers.submit(() -> {
                  try (RawCaller caller = RawCaller.to(jar.port())) {
                    for (int n = 0; n < CALLS; n++) {
                      int status = caller.send(call()).answer().status();
                      (status == 200 ? served : refused).incrementAndGet();
                      assertThat(status).isIn(200, 429);
                    }
                  }
                }));
          }
          for (Future<?> caller : done) {
            caller.get();
          }
        }
        System.out.printf(
            "%s: three processes served %d calls of %d and refused %d%n",
            exact ? "exact" : "leased", served.get(), LIMIT, refused.get());
        assertThat(jars).noneMatch(SharedBudgetsIT::degraded);
        assertThat(served.get()).isLessThanOrEqualTo(LIMIT).isGreaterThan(LIMIT * 9 / 10);
        assertThat(served.get() + refused.get()).isEqualTo(CALLERS * CALLS);
      }
    }
  }

  @Test
  void goesOnWithoutTheStoreAndWithItAgain() throws Exception {
    try (FakeUpstream up = answering();
        RedisServer redis = RedisServer.start();
        Jar soft = start("soft", up, redis, BUDGETS.formatted("soft", LIMIT, false, false));
        Jar hard = start("hard", up, redis, BUDGETS.formatted("hard", LIMIT, true, true))) {
      List<Jar> jars = List.of(soft.ready(), hard.ready());
      Eventually.holds(
          "the store is there", () -> jars.stream().noneMatch(SharedBudgetsIT::degraded));
      Eventually.holds("served", () -> answer(hard).status() == 200);
      redis.stop();
      Eventually.holds("away", () -> jars.stream().allMatch(SharedBudgetsIT::degraded));
      RawAnswer degraded = answer(soft);
      assertThat(degraded.status()).isEqualTo(200);
      assertThat(degraded.fields().first("RateLimit-Policy"))
          .isEqualTo("\"soft\";q=240;w=86400;qu=\"calls\";degraded");
      RawAnswer refused = answer(hard);
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.fields().first("Retry-After")).isEqualTo("1");
      assertThat(refused.code()).isEqualTo(-31503);
      assertThat(soft.readiness()).as("it is ready without its store").isEqualTo(200);
      redis.begin();
      Eventually.holds("back", () -> jars.stream().noneMatch(SharedBudgetsIT::degraded));
      Eventually.holds("served again", () -> answer(hard).status() == 200);
      assertThat(soft.said()).contains("the store of counters is away");
      assertThat(Jar.get(soft.managementUrl("/q/metrics")).body())
          .contains("turnpike_budget_share{budget=\"soft\",unit=\"calls\"")
          .contains("turnpike_budget_overshoot{budget=\"soft\"")
          .contains("turnpike_budget_reservations 0.0")
          .contains("turnpike_store_replicas ");
    }
  }

  @Test
  void startsWithoutItsStoreAndSaysWhatIsMissing() throws Exception {
    try (FakeUpstream up = answering();
        RedisServer redis = RedisServer.start()) {
      redis.stop();
      try (Jar jar = start("early", up, redis, BUDGETS.formatted("b", 10, false, false))) {
        jar.ready();
        assertThat(answer(jar).status()).isEqualTo(200);
        redis.begin();
        Eventually.holds("there", () -> !degraded(jar));
      }
      try (Jar jar =
          start("without", up, redis, "", "-Dquarkus.redis.hosts=", "-Dturnpike.store=redis")) {
        assertThat(jar.ended()).isNotZero();
        assertThat(jar.said()).contains("turnpike.store=redis needs quarkus.redis.hosts");
      }
      try (Jar jar = start("other", up, redis, "", "-Dturnpike.store=elsewhere")) {
        assertThat(jar.ended()).isNotZero();
        assertThat(jar.said())
            .contains("turnpike.store: found 'elsewhere', expected memory or redis");
      }
    }
  }
}
