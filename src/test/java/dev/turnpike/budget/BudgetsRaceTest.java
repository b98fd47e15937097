package dev.turnpike.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.authorize.Permitted;
import dev.turnpike.authorize.Rules;
import dev.turnpike.config.BudgetSpec;
import dev.turnpike.config.BudgetSpec.Window;
import dev.turnpike.config.Mark;
import dev.turnpike.config.MatchSpec;
import dev.turnpike.config.Written;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Usage;
import dev.turnpike.expression.Exchanges;
import dev.turnpike.route.RoutedFixture;
import dev.turnpike.tokens.Estimator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several event loops reserve at once. */
class BudgetsRaceTest {
  private static final int THREADS = 4;
  private static final int LIMIT = 50;

  private static BudgetSpec spec(String name, String per, Window window) {
    Mark mark = new Mark("turnpike.yaml", 1, 1);
    return new BudgetSpec(
        name,
        Optional.of(new Written<>(per, mark)),
        MatchSpec.ALL,
        LIMIT,
        BudgetSpec.Unit.CALLS,
        Optional.empty(),
        window,
        false,
        false,
        false,
        false,
        false,
        mark);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void neverLetsMoreThanTheLimitThrough(long seed) throws Exception {
    TestClock clock = new TestClock();
    Budgets budgets =
        Budgets.compile(
            List.of(
                spec("bucket", "'all'", new Window.Rolling(Duration.ofDays(1))),
                spec("day", "caller.tenant", new Window.Day())),
            Budgets.NONE,
            Till.inMemory(),
            new Estimator(),
            clock,
            clock);
    Permitted permitted =
        Rules.permitted(
            RoutedFixture.routed(
                Exchanges.subject("ann", "acme"), Exchanges.call("tools", "t", ""), "up"));
    AtomicInteger held = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    SplittableRandom seeds = new SplittableRandom(seed);
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        SplittableRandom random = seeds.split();
        running.add(
            threads.submit(() -> {
              for (int n = 0; n < 400; n++) {
                try {
                  Reserved reserved = Reserving.reserve(budgets, permitted);
                  most.accumulateAndGet(held.incrementAndGet(), Math::max);
                  if (random.nextInt(4) == 0) {
                    reserved.settle(true, Usage.NONE);
                  } else {
                    held.decrementAndGet();
                    reserved.close();
                  }
                } catch (Refused e) {
                  Thread.onSpinWait();
                }
              }
            }));
      }
      for (Future<?> thread : running) {
        thread.get();
      }
    }
    assertThat(most.get()).isLessThanOrEqualTo(LIMIT);
    assertThat(held.get()).isEqualTo(LIMIT);
    assertThat(
            Reserving.reserve(
                    Budgets.compile(
                        List.of(), budgets, Till.inMemory(), new Estimator(), clock, clock),
                    permitted)
                .rateLimit())
        .isEmpty();
  }
}
