package dev.turnpike.budget;

import dev.turnpike.authorize.Permitted;
import dev.turnpike.config.BudgetSpec;
import dev.turnpike.config.BudgetSpec.Window;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Problem;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.expression.CounterKey;
import dev.turnpike.expression.Expressions;
import dev.turnpike.expression.Facts;
import dev.turnpike.route.Routed;
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
  public static final Budgets NONE = new Budgets(List.of(), () -> 0, () -> Instant.EPOCH);

  private static final Duration LONGEST = Duration.ofDays(3660);

  private final List<Budget> budgets;
  private final Ticker ticker;
  private final InstantSource wall;
  private final AtomicInteger open = new AtomicInteger();

  private Budgets(List<Budget> budgets, Ticker ticker, InstantSource wall) {
    this.budgets = List.copyOf(budgets);
    this.ticker = ticker;
    this.wall = wall;
  }

  /**
   * Compiles every budget. One that {@code previous} had too, by name, {@code per} and window,
   * keeps its counters: what was spent stays spent, also under another limit.
   *
   * @throws ConfigRejected with every problem of every budget
   */
  public static Budgets compile(
      List<BudgetSpec> specs, Budgets previous, Ticker ticker, InstantSource wall)
      throws ConfigRejected {
    Moment now = new Moment(ticker.nanos(), wall.instant());
    List<Budget> budgets = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      String key = "budgets[" + i + "]";
      try {
        budgets.add(budget(key, specs.get(i), previous, now));
      } catch (ConfigRejected e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigRejected(problems);
    }
    return new Budgets(budgets, ticker, wall);
  }

  private static Budget budget(String key, BudgetSpec spec, Budgets previous, Moment now)
      throws ConfigRejected {
    if (spec.limit() < 1) {
      throw rejected(spec, key + ".limit", spec.limit() + ", expected 1 or more calls");
    }
    if (spec.window() instanceof Window.Rolling(var length)
        && (!length.isPositive() || length.compareTo(LONGEST) > 0)) {
      throw rejected(spec, key + ".window", length + ", expected more than 0 and at most 10 years");
    }
    Optional<CounterKey> per =
        spec.per().isPresent()
            ? Optional.of(Expressions.key(key + ".per", spec.per().get()))
            : Optional.empty();
    Counters counters =
        previous.budgets.stream()
            .filter(before -> before.counts(spec))
            .map(Budget::counters)
            .findFirst()
            .orElseGet(() -> new Counters(spec.window(), Counters.MOST, now));
    return new Budget(spec, per, counters);
  }

  private static ConfigRejected rejected(BudgetSpec spec, String key, String message) {
    return new ConfigRejected(List.of(new Problem(spec.mark(), key, message)));
  }

  /**
   * Reserves one call from every budget that counts it, or from none. A further round of a call
   * reserves nothing: the call was counted when it began. Only calls that run, fetch or complete
   * something are counted; listing, subscribing, cancelling, opening and ending are never over
   * budget.
   *
   * @throws Refused {@code OverBudget}, for the budget that takes longest to have room again
   */
  public Reserved reserve(Permitted permitted) throws Refused {
    return switch (permitted.routed().call().verb()) {
      case INVOKE, READ -> permitted.routed().continued() ? known(permitted) : counted(permitted);
      case DISCOVER, SUBSCRIBE, CONTROL -> reserved(permitted, List.of(), List.of());
    };
  }

  // nothing is taken, and the caller still sees where the budgets stand
  private Reserved known(Permitted permitted) {
    Routed routed = permitted.routed();
    Facts facts = new Facts(routed.caller(), routed.call(), routed.upstream());
    Moment now = new Moment(ticker.nanos(), wall.instant());
    List<Reserved.Hold> seen =
        budgets.stream()
            .filter(budget -> budget.covers(routed.call()))
            .map(budget -> Reserved.Hold.of(budget, budget.look(facts, now)))
            .toList();
    return reserved(permitted, seen, List.of());
  }

  private Reserved counted(Permitted permitted) throws Refused {
    Routed routed = permitted.routed();
    Call call = routed.call();
    Facts facts = new Facts(routed.caller(), call, routed.upstream());
    Moment now = new Moment(ticker.nanos(), wall.instant());
    List<Reserved.Hold> holds = new ArrayList<>();
    List<String> observed = new ArrayList<>();
    Refusal.@Nullable OverBudget refusal = null;
    for (Budget budget : budgets) {
      if (!budget.covers(call)) {
        continue;
      }
      if (refusal != null) {
        refusal = longer(refusal, budget, budget.look(facts, now));
        continue;
      }
      Counters.Taken taken = budget.take(facts, now);
      if (taken.level().taken()) {
        holds.add(Reserved.Hold.of(budget, taken));
      } else if (budget.spec().observe()) {
        observed.add(budget.spec().name());
      } else {
        refusal = budget.refusal(taken.level());
      }
    }
    if (refusal != null) {
      holds.forEach(Reserved.Hold::giveBack);
      throw new Refused(refusal);
    }
    return reserved(permitted, holds, observed);
  }

  private Reserved reserved(Permitted permitted, List<Reserved.Hold> holds, List<String> observed) {
    open.incrementAndGet();
    return new Reserved(permitted, holds, observed, open::decrementAndGet);
  }

  /** Reservations that nobody has settled yet. */
  public int open() {
    return open.get();
  }

  private static Refusal.OverBudget longer(Refusal.OverBudget refusal, Budget budget, Level level) {
    boolean worse =
        !budget.spec().observe()
            && level.left() == 0
            && level.reset().compareTo(refusal.reset()) > 0;
    return worse ? budget.refusal(level) : refusal;
  }
}
