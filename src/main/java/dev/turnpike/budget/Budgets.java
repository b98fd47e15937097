package dev.turnpike.budget;

import dev.turnpike.authorize.Permitted;
import dev.turnpike.config.BudgetSpec;
import dev.turnpike.config.BudgetSpec.Window;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.PriceSpec;
import dev.turnpike.config.Problem;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.exchange.Usage;
import dev.turnpike.expression.CounterKey;
import dev.turnpike.expression.Expressions;
import dev.turnpike.expression.Facts;
import dev.turnpike.route.Routed;
import dev.turnpike.tokens.Estimator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The budgets in force, with their counters. Safe for any thread. */
public final class Budgets {
  /** No budgets at all: where to start from. */
  public static final Budgets NONE =
      new Budgets(List.of(), new Estimator(), () -> 0, () -> Instant.EPOCH);

  private static final Duration LONGEST = Duration.ofDays(3660);

  private final List<Budget> budgets;
  private final Estimator estimator;
  private final Ticker ticker;
  private final InstantSource wall;
  private final AtomicInteger open = new AtomicInteger();

  private Budgets(List<Budget> budgets, Estimator estimator, Ticker ticker, InstantSource wall) {
    this.budgets = List.copyOf(budgets);
    this.estimator = estimator;
    this.ticker = ticker;
    this.wall = wall;
  }

  /** Compiles budgets where there are no prices. */
  public static Budgets compile(
      List<BudgetSpec> specs,
      Budgets previous,
      Estimator estimator,
      Ticker ticker,
      InstantSource wall)
      throws ConfigRejected {
    return compile(specs, List.of(), previous, estimator, ticker, wall);
  }

  /**
   * Compiles every budget. One that {@code previous} had too, by name, unit, {@code per} and
   * window, keeps its counters: what was spent stays spent, also under another limit.
   *
   * @param prices what calls cost, for budgets in money
   * @param estimator says what a call will probably come to
   * @throws ConfigRejected with every problem of every budget, or of every price
   */
  public static Budgets compile(
      List<BudgetSpec> specs,
      List<PriceSpec> prices,
      Budgets previous,
      Estimator estimator,
      Ticker ticker,
      InstantSource wall)
      throws ConfigRejected {
    Prices priced = Prices.compile(prices);
    Moment now = new Moment(ticker.nanos(), wall.instant());
    List<Budget> budgets = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      String key = "budgets[" + i + "]";
      try {
        budgets.add(budget(key, specs.get(i), priced, previous, now));
      } catch (ConfigRejected e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigRejected(problems);
    }
    return new Budgets(budgets, estimator, ticker, wall);
  }

  private static Budget budget(
      String key, BudgetSpec spec, Prices prices, Budgets previous, Moment now)
      throws ConfigRejected {
    if (spec.limit() < 1) {
      throw rejected(spec, key + ".limit", spec.limit() + ", expected 1 or more");
    }
    if (spec.window() instanceof Window.Rolling(var length)
        && (!length.isPositive() || length.compareTo(LONGEST) > 0)) {
      throw rejected(spec, key + ".window", length + ", expected more than 0 and at most 10 years");
    }
    Optional<CounterKey> per =
        spec.per().isPresent()
            ? Optional.of(Expressions.key(key + ".per", spec.per().get()))
            : Optional.empty();
    Charge charge = Charge.of(key + ".cost", spec, prices);
    Counters counters =
        previous.budgets.stream()
            .filter(before -> before.counts(spec))
            .map(Budget::counters)
            .findFirst()
            .orElseGet(() -> new Counters(spec.window(), Counters.MOST, now));
    return new Budget(spec, per, charge, counters);
  }

  private static ConfigRejected rejected(BudgetSpec spec, String key, String message) {
    return new ConfigRejected(List.of(new Problem(spec.mark(), key, message)));
  }

  /**
   * Reserves what the call will probably come to from every budget that counts it, or from none. A
   * further round of a call reserves nothing, since the call was counted when it began; what it
   * comes to is counted at its end. Only calls that run, fetch or complete something are counted;
   * listing, subscribing, cancelling, opening and ending are never over budget.
   *
   * @throws Refused {@code OverBudget}, for the budget that takes longest to have room again
   */
  public Reserved reserve(Permitted permitted) throws Refused {
    return switch (permitted.routed().call().verb()) {
      case INVOKE, READ -> permitted.routed().continued() ? known(permitted) : counted(permitted);
      case DISCOVER, SUBSCRIBE, CONTROL -> reserved(permitted, Usage.NONE, List.of(), List.of());
    };
  }

  // nothing is taken yet, and the caller still sees where the budgets stand
  private Reserved known(Permitted permitted) {
    Routed routed = permitted.routed();
    Facts facts = new Facts(routed.caller(), routed.call(), routed.upstream());
    Moment now = new Moment(ticker.nanos(), wall.instant());
    List<Reserved.Hold> seen =
        budgets.stream()
            .filter(budget -> budget.covers(routed.call()))
            .map(budget -> Reserved.Hold.of(budget, budget.take(facts, now, 0), 0))
            .toList();
    return reserved(permitted, Usage.NONE, seen, List.of());
  }

  private Reserved counted(Permitted permitted) throws Refused {
    Routed routed = permitted.routed();
    Call call = routed.call();
    Facts facts = new Facts(routed.caller(), call, routed.upstream());
    Moment now = new Moment(ticker.nanos(), wall.instant());
    Usage estimate = estimator.before(routed.upstream(), call);
    List<Reserved.Hold> holds = new ArrayList<>();
    List<String> observed = new ArrayList<>();
    Refusal.@Nullable OverBudget refusal = null;
    for (Budget budget : budgets) {
      if (!budget.covers(call)) {
        continue;
      }
      long amount = budget.reserve(routed, estimate);
      if (refusal != null) {
        refusal = longer(refusal, budget, budget.look(facts, now, amount), amount);
        continue;
      }
      Counters.Taken taken = budget.take(facts, now, amount);
      if (taken.level().taken()) {
        holds.add(Reserved.Hold.of(budget, taken, amount));
      } else if (budget.spec().observe()) {
        observed.add(budget.spec().name());
      } else {
        refusal = budget.refusal(taken.level());
      }
    }
    if (refusal != null) {
      holds.forEach(hold -> hold.settle(0));
      throw new Refused(refusal);
    }
    return reserved(permitted, estimate, holds, observed);
  }

  private Reserved reserved(
      Permitted permitted, Usage estimate, List<Reserved.Hold> holds, List<String> observed) {
    open.incrementAndGet();
    return new Reserved(permitted, estimate, holds, observed, open::decrementAndGet);
  }

  /** Reservations that nobody has settled yet. */
  public int open() {
    return open.get();
  }

  private static Refusal.OverBudget longer(
      Refusal.OverBudget refusal, Budget budget, Level level, long amount) {
    boolean worse =
        !budget.spec().observe()
            && level.left() < Math.min(amount, budget.spec().limit())
            && level.reset().compareTo(refusal.reset()) > 0;
    return worse ? budget.refusal(level) : refusal;
  }
}
