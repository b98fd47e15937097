package dev.turnpike.budget;

import static dev.turnpike.expression.Exchanges.call;
import static dev.turnpike.expression.Exchanges.list;
import static dev.turnpike.expression.Exchanges.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.authorize.Permitted;
import dev.turnpike.authorize.Rules;
import dev.turnpike.config.BudgetSpec;
import dev.turnpike.config.BudgetSpec.Window;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Mark;
import dev.turnpike.config.MatchSpec;
import dev.turnpike.config.NamePattern;
import dev.turnpike.config.Written;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Count;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Usage;
import dev.turnpike.exchange.Verb;
import dev.turnpike.route.RoutedFixture;
import dev.turnpike.tokens.Estimator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetsTest {
  private static final Window MINUTE = new Window.Rolling(Duration.ofMinutes(1));
  private static final Caller ANN = subject("ann", "acme");
  private static final Caller BOB = subject("bob", "globex");

  private final TestClock clock = new TestClock();
  private final Estimator estimator = new Estimator();

  private static BudgetSpec budget(String name, long limit, Window window) {
    return new BudgetSpec(
        name,
        Optional.empty(),
        MatchSpec.ALL,
        limit,
        BudgetSpec.Unit.CALLS,
        Optional.empty(),
        window,
        false,
        false,
        false,
        false,
        false,
        new Mark("turnpike.yaml", 9, 5));
  }

  private static BudgetSpec per(String text, BudgetSpec spec) {
    return new BudgetSpec(
        spec.name(),
        Optional.of(new Written<>(text, new Mark("turnpike.yaml", 10, 10))),
        spec.match(),
        spec.limit(),
        spec.unit(),
        spec.cost(),
        spec.window(),
        spec.hard(),
        spec.exact(),
        spec.observe(),
        spec.inBand(),
        spec.cut(),
        spec.mark());
  }

  private static BudgetSpec match(MatchSpec match, BudgetSpec spec) {
    return new BudgetSpec(
        spec.name(),
        spec.per(),
        match,
        spec.limit(),
        spec.unit(),
        spec.cost(),
        spec.window(),
        spec.hard(),
        spec.exact(),
        spec.observe(),
        spec.inBand(),
        spec.cut(),
        spec.mark());
  }

  private static BudgetSpec tokens(BudgetSpec spec, String... cost) {
    return new BudgetSpec(
        spec.name(),
        spec.per(),
        spec.match(),
        spec.limit(),
        BudgetSpec.Unit.TOKENS,
        Stream.of(cost)
            .map(text -> new Written<>(text, new Mark("turnpike.yaml", 12, 11)))
            .findFirst(),
        spec.window(),
        spec.hard(),
        spec.exact(),
        spec.observe(),
        spec.inBand(),
        spec.cut(),
        spec.mark());
  }

  private static Usage used(long input, long output) {
    return new Usage(Count.reported(input), Count.counted(output), 0, Count.NONE);
  }

  private static BudgetSpec mode(BudgetSpec spec, boolean observe, boolean inBand) {
    return new BudgetSpec(
        spec.name(),
        spec.per(),
        spec.match(),
        spec.limit(),
        spec.unit(),
        spec.cost(),
        spec.window(),
        spec.hard(),
        spec.exact(),
        observe,
        inBand,
        spec.cut(),
        spec.mark());
  }

  private Budgets compile(BudgetSpec... specs) {
    return compile(Budgets.NONE, specs);
  }

  private Budgets compile(Budgets previous, BudgetSpec... specs) {
    try {
      return Budgets.compile(List.of(specs), previous, Till.inMemory(), estimator, clock, clock);
    } catch (ConfigRejected e) {
      throw new AssertionError(e);
    }
  }

  private static Permitted permitted(Caller caller, Call call) {
    return Rules.permitted(RoutedFixture.routed(caller, call, "pay"));
  }

  private static Permitted refund(Caller caller) {
    return permitted(caller, call("tools", "pay_refund", "{}"));
  }

  /** Reserves, and says that it was sent. */
  private static Reserved send(Budgets budgets, Permitted permitted) throws Refused {
    Reserved reserved = Reserving.reserve(budgets, permitted);
    reserved.settle(true, Usage.NONE);
    return reserved;
  }

  private static Refusal.OverBudget refusal(Budgets budgets, Permitted permitted) {
    try {
      Reserving.reserve(budgets, permitted);
      throw new AssertionError("let through");
    } catch (Refused e) {
      return (Refusal.OverBudget) e.reason();
    }
  }

  @Test
  void letsEverythingThroughWithoutBudgets() throws Refused {
    Reserved reserved = send(Budgets.NONE, refund(ANN));
    assertThat(reserved.rateLimit()).isEmpty();
    assertThat(reserved.permitted().routed().caller()).isEqualTo(ANN);
  }

  @Test
  void refusesTheCallBeyondTheLimitAndSaysWhenToComeBack() throws Refused {
    Budgets budgets = compile(budget("minute", 2, MINUTE));
    send(budgets, refund(ANN));
    send(budgets, refund(BOB));
    Refusal.OverBudget refusal = refusal(budgets, refund(ANN));
    assertThat(refusal)
        .isEqualTo(
            new Refusal.OverBudget(
                "minute", "calls", 2, 0, Duration.ofSeconds(30), Duration.ofMinutes(1), false));
    clock.pass(refusal.reset());
    send(budgets, refund(ANN));
  }

  @Test
  void keepsOneCounterForEachValueOfPer() throws Refused {
    Budgets budgets = compile(per("caller.tenant", budget("tenant", 1, MINUTE)));
    send(budgets, refund(ANN));
    send(budgets, refund(BOB));
    send(budgets, refund(Caller.ANONYMOUS));
    assertThat(refusal(budgets, refund(ANN)).budget()).isEqualTo("tenant");
    assertThat(refusal(budgets, refund(Caller.ANONYMOUS)).budget()).isEqualTo("tenant");
  }

  @Test
  void countsWhatMatchesOnly() throws Refused {
    MatchSpec tools =
        new MatchSpec(
            List.of(new NamePattern("tools", false)),
            Map.of(Target.Kind.TOOL, List.of(new NamePattern("pay_*", false))));
    Budgets budgets = compile(match(tools, budget("pay", 1, MINUTE)));
    send(budgets, refund(ANN));
    refusal(budgets, refund(ANN));
    send(budgets, permitted(ANN, call("elsewhere", "pay_refund", "")));
    send(budgets, permitted(ANN, call("tools", "files_read", "")));
  }

  @ParameterizedTest
  @EnumSource(Verb.class)
  void countsOnlyCallsThatRunOrFetchSomething(Verb verb) throws Refused {
    Budgets budgets = compile(budget("minute", 1, MINUTE));
    Permitted permitted =
        permitted(ANN, call("tools", verb, new Target(Target.Kind.RESOURCE, "demo://1"), ""));
    boolean counts = verb == Verb.INVOKE || verb == Verb.READ;
    assertThat(send(budgets, permitted).rateLimit().isPresent()).isEqualTo(counts);
    send(budgets, permitted(ANN, list("tools")));
    if (counts) {
      refusal(budgets, permitted);
    } else {
      send(budgets, permitted);
    }
  }

  @Test
  void takesFromAllBudgetsOrFromNone() throws Refused {
    Budgets budgets =
        compile(
            budget("wide", 10, MINUTE),
            per("caller.tenant", budget("narrow", 1, MINUTE)),
            budget("last", 10, MINUTE));
    send(budgets, refund(ANN));
    for (int i = 0; i < 20; i++) {
      refusal(budgets, refund(ANN));
    }
    assertThat(send(budgets, refund(BOB)).rateLimit().orElseThrow().limit())
        .contains("\"wide\";r=8")
        .contains("\"last\";r=8");
  }

  @Test
  void namesTheBudgetThatTakesLongest() throws Refused {
    Budgets budgets =
        compile(
            budget("minute", 1, MINUTE),
            budget("month", 1, new Window.Month()),
            budget("day", 1, new Window.Day()),
            mode(budget("watched", 1, new Window.Rolling(Duration.ofDays(300))), true, false));
    send(budgets, refund(ANN));
    Refusal.OverBudget refusal = refusal(budgets, refund(ANN));
    assertThat(refusal.budget()).isEqualTo("month");
    assertThat(refusal.reset()).isEqualTo(Duration.ofHours(12).plusDays(7));
    assertThat(refusal.window()).isEqualTo(Duration.ofDays(30));
  }

  @Test
  void refusesNothingInObserveModeButCountsAndSaysSo() throws Refused {
    Budgets budgets = compile(mode(budget("watched", 1, MINUTE), true, false));
    assertThat(send(budgets, refund(ANN)).observed()).isEmpty();
    Reserved over = send(budgets, refund(ANN));
    assertThat(over.observed()).containsExactly("watched");
    assertThat(over.rateLimit()).isEmpty();
  }

  @Test
  void carriesHowTheRefusalIsToBeTold() throws Refused {
    Budgets budgets = compile(mode(budget("soft", 1, MINUTE), false, true));
    send(budgets, refund(ANN));
    assertThat(refusal(budgets, refund(ANN)).inBand()).isTrue();
  }

  @Test
  void givesACallBackThatWasNeverSentExactlyOnce() throws Refused {
    Budgets budgets = compile(budget("minute", 2, MINUTE));
    Reserved kept = Reserving.reserve(budgets, refund(ANN));
    kept.settle(true, Usage.NONE);
    kept.settle(false, Usage.NONE);
    kept.close();
    try (Reserved dropped = Reserving.reserve(budgets, refund(ANN))) {
      dropped.settle(false, Usage.NONE);
      dropped.settle(false, Usage.NONE);
    }
    Reserving.reserve(budgets, refund(ANN)).close();
    send(budgets, refund(ANN));
    refusal(budgets, refund(ANN));
  }

  @Test
  void takesNothingForAFurtherRoundOfACallAndStillSaysWhatIsLeft() throws Refused {
    Budgets budgets = compile(budget("minute", 1, MINUTE));
    send(budgets, refund(ANN));
    Reserved round =
        Reserving.reserve(
            budgets,
            Rules.permitted(
                RoutedFixture.continued(ANN, call("tools", "pay_refund", "{}"), "pay")));
    assertThat(round.rateLimit().orElseThrow().limit()).startsWith("\"minute\";r=0;");
    round.settle(false, Usage.NONE);
    refusal(budgets, refund(ANN));
  }

  @Test
  void tellsTheTightestBudgetFirst() throws Refused {
    Budgets budgets = compile(budget("wide", 1000, MINUTE), budget("tight", 4, new Window.Day()));
    assertThat(Reserving.reserve(budgets, refund(ANN)).rateLimit())
        .contains(
            new RateHeaders(
                "\"tight\";q=4;w=86400;qu=\"calls\", \"wide\";q=1000;w=60;qu=\"calls\"",
                "\"tight\";r=3;t=43200, \"wide\";r=999;t=1"));
  }

  @Test
  void tellsARefusalInTheSameFields() {
    assertThat(
            RateHeaders.of(
                new Refusal.OverBudget(
                    "a\"b", "calls", 5, 0, Duration.ofMillis(1001), Duration.ofMinutes(1), false)))
        .isEqualTo(new RateHeaders("\"a\\\"b\";q=5;w=60;qu=\"calls\"", "\"a\\\"b\";r=0;t=2"));
  }

  @Test
  void keepsCountersOverAReloadAlsoUnderAnotherLimit() throws Refused {
    Budgets first = compile(budget("minute", 2, MINUTE), budget("day", 1, new Window.Day()));
    send(first, refund(ANN));
    Budgets second = compile(first, budget("minute", 1, MINUTE));
    assertThat(refusal(second, refund(ANN)).budget()).isEqualTo("minute");
    Budgets third = compile(second, budget("minute", 3, MINUTE));
    send(third, refund(ANN));
    send(third, refund(ANN));
    refusal(third, refund(ANN));
  }

  @Test
  void beginsAnewWhereAReloadCountsByAnotherThingOrInAnotherWindow() throws Refused {
    Budgets first = compile(budget("b", 1, MINUTE));
    send(first, refund(ANN));
    send(compile(first, per("caller.tenant", budget("b", 1, MINUTE))), refund(ANN));
    send(compile(first, budget("b", 1, new Window.Day())), refund(ANN));
    send(compile(first, budget("c", 1, MINUTE)), refund(ANN));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void refusesALimitThatLetsNothingThrough(long limit) {
    rejects(budget("b", limit, MINUTE), "budgets[0].limit");
  }

  @Test
  void refusesAWindowThatIsNone() {
    rejects(budget("b", 1, new Window.Rolling(Duration.ZERO)), "budgets[0].window");
    rejects(budget("b", 1, new Window.Rolling(Duration.ofDays(9999))), "budgets[0].window");
  }

  @Test
  void refusesAKeyThatNothingCanBeCountedBy() {
    rejects(per("caller.groups", budget("b", 1, MINUTE)), "budgets[0].per");
  }

  private void rejects(BudgetSpec spec, String key) {
    assertThatThrownBy(() ->
            Budgets.compile(List.of(spec), Budgets.NONE, Till.inMemory(), estimator, clock, clock))
        .isInstanceOf(ConfigRejected.class)
        .hasMessageContaining(key);
  }

  @Test
  void reservesWhatACallWillProbablyUseAndSettlesWithWhatItDid() throws Refused {
    Budgets budgets = compile(tokens(budget("tokens", 2_000, MINUTE)));
    Reserved first = Reserving.reserve(budgets, refund(ANN));
    long reserved = first.estimate().total();
    assertThat(reserved).isBetween(500L, 520L);
    assertThat(first.rateLimit().orElseThrow().limit())
        .startsWith("\"tokens\";r=" + (2_000 - reserved) + ";");
    assertThat(first.rateLimit().orElseThrow().policy())
        .isEqualTo("\"tokens\";q=2000;w=60;qu=\"tokens\"");
    Reserved second = Reserving.reserve(budgets, refund(BOB));
    Reserved third = Reserving.reserve(budgets, refund(BOB));
    // three estimates are under way, and a fourth has no room
    Refusal.OverBudget refusal = refusal(budgets, refund(ANN));
    assertThat(refusal.unit()).isEqualTo("tokens");
    assertThat(refusal.remaining()).isEqualTo(2_000 - 3 * reserved);
    first.settle(true, used(10, 30));
    second.settle(false, Usage.NONE);
    assertThat(left(budgets)).isEqualTo(2_000 - 40 - reserved);
    // what is settled is settled
    first.settle(true, used(1_000, 1_000));
    third.settle(true, used(0, 5_000));
    refusal = refusal(budgets, refund(ANN));
    assertThat(refusal.remaining()).isZero();
    // a debt is carried: of 5,040 tokens, so many have to refill until the estimate has room
    assertThat(refusal.reset())
        .isEqualTo(Duration.ofNanos((5_040 - 2_000 + reserved) * 60_000_000_000L / 2_000));
    clock.pass(refusal.reset());
    Reserving.reserve(budgets, refund(ANN)).settle(true, used(0, 0));
  }

  private long left(Budgets budgets) throws Refused {
    try (Reserved look = Reserving.reserve(budgets, refund(ANN))) {
      String limit = look.rateLimit().orElseThrow().limit();
      return Long.parseLong(limit.replaceAll(".*r=([0-9]+);.*", "$1")) + look.estimate().total();
    }
  }

  @Test
  void countsTokensByTheCostThatIsWritten() throws Refused {
    Budgets budgets =
        compile(tokens(budget("tokens", 100_000, MINUTE), "input + cached * 0.1 + output * 4"));
    Reserved reserved = Reserving.reserve(budgets, refund(ANN));
    Usage estimate = reserved.estimate();
    reserved.settle(true, new Usage(Count.counted(7), Count.counted(3), 20, Count.NONE));
    try (Reserved look = Reserving.reserve(budgets, refund(ANN))) {
      long next = estimate.input().tokens() + 4 * estimate.output().tokens();
      assertThat(look.rateLimit().orElseThrow().limit())
          .startsWith("\"tokens\";r=" + (100_000 - 21 - next) + ";");
    }
  }

  @Test
  void letsACallThroughThatIsLargerThanTheLimitWhereNothingIsUsed() throws Refused {
    Budgets budgets = compile(tokens(budget("small", 10, MINUTE)));
    Reserved reserved = Reserving.reserve(budgets, refund(ANN));
    assertThat(refusal(budgets, refund(ANN)).remaining()).isZero();
    reserved.settle(true, used(2, 3));
    // five are left, and no call is known to be that small
    assertThat(refusal(budgets, refund(ANN)).remaining()).isEqualTo(5);
    clock.pass(Duration.ofSeconds(30));
    Reserving.reserve(budgets, refund(ANN)).close();
  }

  @Test
  void chargesAFurtherRoundForItsTokensAndNotForTheCall() throws Refused {
    Budgets budgets =
        compile(tokens(budget("tokens", 10_000, MINUTE)), budget("calls", 10, MINUTE));
    Permitted round =
        Rules.permitted(RoutedFixture.continued(ANN, call("tools", "pay_refund", "{}"), "pay"));
    Reserved reserved = Reserving.reserve(budgets, round);
    reserved.settle(true, used(100, 200));
    assertThat(left(budgets)).isEqualTo(9_700);
    try (Reserved look = Reserving.reserve(budgets, refund(ANN))) {
      assertThat(look.rateLimit().orElseThrow().limit()).contains("\"calls\";r=9;");
    }
  }

  @Test
  void takesAllBudgetsOrNone() throws Refused {
    Budgets budgets = compile(tokens(budget("tokens", 10_000, MINUTE)), budget("one", 1, MINUTE));
    Reserving.reserve(budgets, refund(ANN)).settle(true, used(1, 1));
    for (int i = 0; i < 50; i++) {
      assertThat(refusal(budgets, refund(ANN)).budget()).isEqualTo("one");
    }
    assertThat(budgets.open()).isZero();
    clock.pass(Duration.ofMinutes(1));
    assertThat(left(budgets)).isEqualTo(10_000);
  }
}
