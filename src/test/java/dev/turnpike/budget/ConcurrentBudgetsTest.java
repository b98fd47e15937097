package dev.turnpike.budget;

import static dev.turnpike.expression.Exchanges.call;
import static dev.turnpike.expression.Exchanges.subject;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.authorize.Permitted;
import dev.turnpike.authorize.Rules;
import dev.turnpike.config.BudgetSpec;
import dev.turnpike.config.BudgetSpec.Window;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Mark;
import dev.turnpike.config.MatchSpec;
import dev.turnpike.config.Written;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Count;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Usage;
import dev.turnpike.route.RoutedFixture;
import dev.turnpike.tokens.Estimator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Budgets of calls that are under way. */
class ConcurrentBudgetsTest {
  private static final Caller ANN = subject("ann", "acme");
  private static final Caller BOB = subject("bob", "globex");
  private static final Usage USED = new Usage(Count.counted(9), Count.counted(9), 0, Count.NONE);

  private final TestClock clock = new TestClock();

  private static BudgetSpec lanes(long limit) {
    Mark mark = new Mark("turnpike.yaml", 9, 5);
    return new BudgetSpec(
        "lanes",
        Optional.of(new Written<>("caller.tenant", mark)),
        MatchSpec.ALL,
        limit,
        BudgetSpec.Unit.CONCURRENT,
        Optional.empty(),
        new Window.Open(),
        false,
        false,
        false,
        false,
        false,
        mark);
  }

  private Budgets compile(Budgets previous, long limit) {
    try {
      return Budgets.compile(
          List.of(lanes(limit)), previous, Till.inMemory(), new Estimator(), clock, clock);
    } catch (ConfigRejected e) {
      throw new AssertionError(e);
    }
  }

  private static Permitted refund(Caller caller) {
    return Rules.permitted(RoutedFixture.routed(caller, call("tools", "pay_refund", "{}"), "pay"));
  }

  private static Refusal.OverBudget refusal(Budgets budgets, Caller caller) {
    try {
      Reserving.reserve(budgets, refund(caller));
      throw new AssertionError("let through");
    } catch (Refused e) {
      return (Refusal.OverBudget) e.reason();
    }
  }

  @Test
  void letSoManyCallsRunAtOnceAndForgetThoseThatEnded() throws Refused {
    Budgets budgets = compile(Budgets.NONE, 2);
    Reserved first = Reserving.reserve(budgets, refund(ANN));
    Reserved second = Reserving.reserve(budgets, refund(ANN));
    Reserving.reserve(budgets, refund(BOB)).settle(true, USED);
    refusal(budgets, ANN);
    // however long it takes, time gives nothing back
    clock.pass(Duration.ofDays(40));
    refusal(budgets, ANN);
    first.settle(true, USED);
    Reserved third = Reserving.reserve(budgets, refund(ANN));
    refusal(budgets, ANN);
    second.settle(false, Usage.NONE);
    second.settle(false, Usage.NONE);
    third.close();
    Reserved last = Reserving.reserve(budgets, refund(ANN));
    assertThat(last.rateLimit().orElseThrow().limit()).isEqualTo("\"lanes\";r=1;t=1");
    last.close();
  }

  @Test
  void saySoWithoutAWindow() throws Refused {
    Budgets budgets = compile(Budgets.NONE, 1);
    Reserved only = Reserving.reserve(budgets, refund(ANN));
    assertThat(only.rateLimit())
        .contains(new RateHeaders("\"lanes\";q=1;qu=\"concurrent-requests\"", "\"lanes\";r=0;t=1"));
    Refusal.OverBudget refusal = refusal(budgets, ANN);
    assertThat(refusal)
        .isEqualTo(
            new Refusal.OverBudget(
                "lanes", "concurrent-requests", 1, 0, Duration.ofSeconds(1), Duration.ZERO, false));
    assertThat(RateHeaders.of(refusal)).isEqualTo(only.rateLimit().orElseThrow());
  }

  @Test
  void takeNothingForAFurtherRoundAndGiveNothingBackForIt() throws Refused {
    Budgets budgets = compile(Budgets.NONE, 1);
    Reserved only = Reserving.reserve(budgets, refund(ANN));
    Permitted round =
        Rules.permitted(RoutedFixture.continued(ANN, call("tools", "pay_refund", "{}"), "pay"));
    Reserving.reserve(budgets, round).settle(true, USED);
    refusal(budgets, ANN);
    only.close();
    Reserved further = Reserving.reserve(budgets, round);
    Reserving.reserve(budgets, refund(ANN)).close();
    further.close();
  }

  @Test
  void keepTheCountOverAReloadThatChangesTheLimit() throws Refused {
    Budgets first = compile(Budgets.NONE, 3);
    Reserved one = Reserving.reserve(first, refund(ANN));
    Reserved two = Reserving.reserve(first, refund(ANN));
    Budgets lower = compile(first, 1);
    assertThat(refusal(lower, ANN).remaining()).isZero();
    one.settle(true, USED);
    refusal(lower, ANN);
    two.settle(true, USED);
    Reserving.reserve(lower, refund(ANN)).close();
    Budgets higher = compile(lower, 2);
    Reserved three = Reserving.reserve(higher, refund(ANN));
    Reserved four = Reserving.reserve(higher, refund(ANN));
    refusal(higher, ANN);
    three.close();
    four.close();
    assertThat(first.open() + lower.open() + higher.open()).isZero();
  }
}
