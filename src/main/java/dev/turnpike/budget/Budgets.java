package dev.turnpike.budget;

import dev.turnpike.authorize.Permitted;
import dev.turnpike.config.BudgetSpec;
import dev.turnpike.config.BudgetSpec.Window;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.PriceSpec;
import dev.turnpike.config.Problem;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The budgets in force, with their counters. Safe for any thread. */
public final class Budgets {
  /** No budgets at all: where to start from. */
  public static final Budgets NONE =
      new Budgets(List.of(), Till.inMemory(), new Estimator(), () -> 0, () -> Instant.EPOCH);

  private static final Duration LONGEST = Duration.ofDays(3660);

  private final List<Budget> budgets;
  private final Till till;
  private final Estimator estimator;
  private final Ticker ticker;
  private final InstantSource wall;
  private final AtomicInteger open = new AtomicInteger();

  private Budgets(
      List<Budget> budgets, Till till, Estimator estimator, Ticker ticker, InstantSource wall) {
    this.budgets = List.copyOf(budgets);
    this.till = till;
    this.estimator = estimator;
    this.ticker = ticker;
    this.wall = wall;
  }

  /** Compiles budgets where there are no prices. */
  public static Budgets compile(
      List<BudgetSpec> specs,
      Budgets previous,
      Till till,
      Estimator estimator,
      Ticker ticker,
      InstantSource wall)
      throws ConfigRejected {
    return compile(specs, List.of(), previous, till, estimator, ticker, wall);
  }

  /**
   * Compiles every budget. One that {@code previous} had too, by name, unit, {@code per} and
   * window, keeps its counters: what was spent stays spent, also under another limit.
   *
   * @param prices what calls cost, for budgets in money
   * @param till has the counters
   * @param estimator says what a call will probably come to
   * @throws ConfigRejected with every problem of every budget, or of every price
   */
  public static Budgets compile(
      List<BudgetSpec> specs,
      List<PriceSpec> prices,
      Budgets previous,
      Till till,
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
    return new Budgets(budgets, till, estimator, ticker, wall);
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
    Optional<Budget> before =
        previous.budgets.stream().filter(known -> known.counts(spec)).findFirst();
    return new Budget(
        spec,
        per,
        charge,
        before
            .map(Budget::counters)
            .orElseGet(() -> new Counters(spec.window(), Counters.MOST, now)),
        before
            .map(Budget::pressure)
            .orElseGet(() -> new Pressure(spec.name(), spec.unit().word())));
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
   * @return completes at once or on the thread that asked; fails with {@link Refused} {@code
   *     OverBudget}, for the budget that takes longest to have room again, or {@code CountersLost}
   */
  public CompletionStage<Reserved> reserve(Permitted permitted) {
    Routed routed = permitted.routed();
    return switch (routed.call().verb()) {
      case INVOKE, READ -> {
        Facts facts = new Facts(routed.caller(), routed.call(), routed.upstream());
        // nothing is taken for what is known, and the caller still sees where the budgets stand
        Usage estimate =
            routed.continued() ? Usage.NONE : estimator.before(routed.upstream(), routed.call());
        List<Ask> asks = new ArrayList<>();
        for (Budget budget : budgets) {
          if (budget.covers(routed.call())) {
            asks.add(
                routed.continued() ? budget.glance(facts) : budget.ask(facts, routed, estimate));
          }
        }
        yield reserved(permitted, estimate, asks);
      }
      case DISCOVER, SUBSCRIBE, FOLLOW, CONTROL -> reserved(permitted, Usage.NONE, List.of());
    };
  }

  private CompletionStage<Reserved> reserved(Permitted permitted, Usage estimate, List<Ask> asks) {
    Moment now = new Moment(ticker.nanos(), wall.instant());
    return till.take(asks, now).thenCompose(taken -> outcome(permitted, estimate, taken));
  }

  private CompletionStage<Reserved> outcome(
      Permitted permitted, Usage estimate, List<Taken> taken) {
    List<Taken> holds = new ArrayList<>(taken.size());
    List<String> observed = new ArrayList<>();
    @Nullable Taken longest = null;
    for (Taken one : taken) {
      one.pressed();
      if (one.refuses()) {
        longest = longest == null || one.waits().compareTo(longest.waits()) > 0 ? one : longest;
      } else if (one.level().taken()) {
        holds.add(one);
      } else if (one.lacking()) {
        observed.add(one.ask().budget().spec().name());
      }
    }
    if (longest != null) {
      return CompletableFuture.failedFuture(new Refused(longest.refusal()));
    }
    open.incrementAndGet();
    return CompletableFuture.completedFuture(
        new Reserved(permitted, estimate, holds, observed, open::decrementAndGet));
  }

  /** These and those, for whose counters go on in the budgets that are compiled next. */
  public Budgets and(Budgets others) {
    List<Budget> all = new ArrayList<>(budgets);
    all.addAll(others.budgets);
    return new Budgets(all, till, estimator, ticker, wall);
  }

  /** How hard each budget is pressed, in the order written. */
  public List<Pressure> pressures() {
    return budgets.stream().map(Budget::pressure).toList();
  }

  /** Reservations that nobody has settled yet. */
  public int open() {
    return open.get();
  }
}
