package dev.turnpike.bench;

import static java.util.Objects.requireNonNull;

import dev.turnpike.authorize.Permitted;
import dev.turnpike.authorize.Policy;
import dev.turnpike.authorize.Rules;
import dev.turnpike.budget.Budgets;
import dev.turnpike.budget.Reserved;
import dev.turnpike.budget.Till;
import dev.turnpike.config.BudgetSpec;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Mark;
import dev.turnpike.config.MatchSpec;
import dev.turnpike.config.RuleSpec;
import dev.turnpike.config.Written;
import dev.turnpike.exchange.Refused;
import dev.turnpike.expression.Exchanges;
import dev.turnpike.route.Routed;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A decision, and a decision with a reservation: one rule of many lets the call through. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RulesBench {
  /** Rules, the last of which covers the call and reads its arguments. */
  @Param({"1", "10", "1000"})
  public int rules = 1;

  private @Nullable Policy policy;
  private Budgets budgets = Budgets.NONE;
  private @Nullable Routed routed;

  @Setup
  public void compile() throws ConfigRejected {
    List<RuleSpec> specs = new ArrayList<>();
    for (int i = 1; i < rules; i++) {
      specs.add(Rules.allow("rule-" + i, "tool_" + i + "_*"));
    }
    specs.add(Rules.when("args.amount <= 100", Rules.allow("refunds", "pay_refund")));
    policy = Policy.compile(specs);
    BudgetSpec budget =
        new BudgetSpec(
            "minute",
            Optional.of(new Written<>("caller.tenant", new Mark("turnpike.yaml", 1, 1))),
            MatchSpec.ALL,
            Long.MAX_VALUE / 4,
            BudgetSpec.Unit.CALLS,
            Optional.empty(),
            new BudgetSpec.Window.Rolling(Duration.ofMinutes(1)),
            false,
            false,
            false,
            false,
            false,
            new Mark("turnpike.yaml", 1, 1));
    budgets =
        Budgets.compile(
            List.of(budget),
            Budgets.NONE,
            Till.inMemory(),
            new Estimator(),
            System::nanoTime,
            InstantSource.system());
    routed =
        RoutedFixture.routed(
            Exchanges.subject("ann", "acme"),
            Exchanges.call("pay", "pay_refund", "{\"amount\":10}"),
            "pay");
  }

  @Benchmark
  public Permitted decide() throws Refused {
    return requireNonNull(policy).authorize(requireNonNull(routed));
  }

  @Benchmark
  public Reserved decideAndReserve() throws Refused {
    return budgets.reserve(decide()).toCompletableFuture().join();
  }
}
