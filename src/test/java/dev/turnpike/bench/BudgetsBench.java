package dev.turnpike.bench;

import static java.util.Objects.requireNonNull;

import dev.turnpike.authorize.Permitted;
import dev.turnpike.authorize.Rules;
import dev.turnpike.budget.Budgets;
import dev.turnpike.budget.Reserved;
import dev.turnpike.budget.Till;
import dev.turnpike.config.BudgetSpec;
import dev.turnpike.config.BudgetSpec.Unit;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Mark;
import dev.turnpike.config.MatchSpec;
import dev.turnpike.config.Written;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Count;
import dev.turnpike.exchange.Usage;
import dev.turnpike.expression.Exchanges;
import dev.turnpike.route.RoutedFixture;
import dev.turnpike.tokens.Estimator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What ten budgets in memory, counted by plain paths, cost a call: from its reservation on. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BudgetsBench {
  private static final List<String> KEYS =
      List.of(
          "caller.workload.id",
          "caller.workload.namespace",
          "caller.tenant",
          "caller.subject",
          "caller.client",
          "caller.claims.org.unit",
          "caller.claims.level",
          "call.endpoint",
          "call.upstream",
          "call.target");
  private static final Usage USED = new Usage(Count.counted(40), Count.counted(200), 0, Count.NONE);

  private Budgets budgets = Budgets.NONE;
  private @Nullable Permitted permitted;

  @Setup
  public void compile() throws ConfigRejected {
    Mark mark = new Mark("turnpike.yaml", 1, 1);
    List<BudgetSpec> specs = new ArrayList<>();
    for (String key : KEYS) {
      boolean tokens = specs.size() % 2 == 0;
      specs.add(
          new BudgetSpec(
              "b" + specs.size(),
              Optional.of(new Written<>(key, mark)),
              MatchSpec.ALL,
              999_999_999_999_999L,
              tokens ? Unit.TOKENS : Unit.CALLS,
              Optional.empty(),
              specs.size() % 3 == 0
                  ? new BudgetSpec.Window.Day()
                  : new BudgetSpec.Window.Rolling(Duration.ofMinutes(1)),
              false,
              false,
              false,
              false,
              false,
              mark));
    }
    budgets =
        Budgets.compile(
            specs,
            Budgets.NONE,
            Till.inMemory(),
            new Estimator(),
            System::nanoTime,
            InstantSource.system());
    permitted =
        Rules.permitted(
            RoutedFixture.routed(
                new Caller(
                    Exchanges.workload("labs").workload(),
                    Exchanges.subject("ann", "acme").subject()),
                Exchanges.call("pay", "pay_refund", "{\"amount\":10}"),
                "pay"));
  }

  @Benchmark
  public Reserved reserveAndSettle() {
    Reserved reserved = budgets.reserve(requireNonNull(permitted)).toCompletableFuture().join();
    reserved.settle(true, USED);
    return reserved;
  }

  @Benchmark
  public Object reserveTellAndSettle() {
    Reserved reserved = budgets.reserve(requireNonNull(permitted)).toCompletableFuture().join();
    Object told = reserved.rateLimit();
    reserved.settle(true, USED);
    return told;
  }
}
