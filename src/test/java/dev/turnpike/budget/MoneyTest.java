package dev.turnpike.budget;

import static dev.turnpike.expression.Exchanges.call;
import static dev.turnpike.expression.Exchanges.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.turnpike.authorize.Permitted;
import dev.turnpike.authorize.Rules;
import dev.turnpike.config.ConfigReader;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Problem;
import dev.turnpike.config.Setup;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Count;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Usage;
import dev.turnpike.route.RoutedFixture;
import dev.turnpike.tokens.Estimator;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Budgets in money, by what calls cost. */
class MoneyTest {
  private static final String PRICES =
      """
      prices:
        - { name: big, match: { tools: [ask] }, models: ["gpt-*", o3], cost: input * 1 + output * 3 }
        - { name: small, match: { tools: [ask] }, models: ["mini-*"], cost: big / 10 }
        - { name: search, match: { tools: ["search_*"] }, cost: 0.5 }
        - { name: other, match: { tools: [ask, chat] }, cost: input * 2 + 0.25 }
      """;
  private static final Caller ANN = subject("ann", "acme");

  private final TestClock clock = new TestClock();

  private Budgets compile(Budgets previous, String text) throws ConfigRejected {
    Setup setup =
        ConfigReader.read(
            """
            upstreams: { up: { mcp: { url: "http://127.0.0.1:1/mcp" } } }
            endpoints: { end: { mcp: { upstreams: [up] } } }
            """
                + text,
            "my.yaml",
            _ -> null);
    return Budgets.compile(
        setup.budgets(), setup.prices(), previous, Till.inMemory(), new Estimator(), clock, clock);
  }

  private Budgets money(String limit) throws ConfigRejected {
    return compile(
        Budgets.NONE,
        PRICES
            + "budgets: [{ name: spend, limit: %s, unit: money, window: month }]\n"
                .formatted(limit));
  }

  private static Permitted permitted(String tool) {
    return Rules.permitted(RoutedFixture.routed(ANN, call("end", tool, "{}"), "up"));
  }

  private static Usage used(long input, long output, String model) {
    return new Usage(
        Count.reported(input),
        Count.reported(output),
        0,
        Count.NONE,
        Optional.of(model).filter(name -> !name.isEmpty()));
  }

  private static void spend(Budgets budgets, String tool, Usage usage) throws Refused {
    Reserving.reserve(budgets, permitted(tool)).settle(true, usage);
  }

  /** What the head of an answer that costs nothing says is left. */
  private static long left(Budgets budgets) throws Refused {
    try (Reserved look = Reserving.reserve(budgets, permitted("free"))) {
      return Long.parseLong(
          look.rateLimit().orElseThrow().limit().replaceAll(".*;r=([0-9]+);.*", "$1"));
    }
  }

  private static Refusal.OverBudget refusal(Budgets budgets, String tool) {
    Refused refused =
        assertThrows(Refused.class, () -> Reserving.reserve(budgets, permitted(tool)));
    return (Refusal.OverBudget) refused.reason();
  }

  @Test
  void takeWhatACallCostsByItsToolAndItsModel() throws Exception {
    Budgets budgets = money("100000");
    spend(budgets, "ask", used(100, 50, "gpt-5"));
    assertThat(left(budgets)).as("input + 3 * output").isEqualTo(99_750);
    spend(budgets, "ask", used(100, 50, "mini-2"));
    assertThat(left(budgets)).as("a tenth of it").isEqualTo(99_725);
    spend(budgets, "ask", used(100, 50, "unheard-of"));
    assertThat(left(budgets)).as("the first price that fits any model").isEqualTo(99_524);
    spend(budgets, "chat", used(100, 50, "gpt-5"));
    assertThat(left(budgets)).as("the model has no price for this tool").isEqualTo(99_324);
    spend(budgets, "search_web", used(100, 50, ""));
    spend(budgets, "search_web", used(0, 0, "gpt-5"));
    assertThat(left(budgets)).as("half a unit each").isEqualTo(99_323);
    spend(budgets, "free", used(1_000, 1_000, "gpt-5"));
    assertThat(left(budgets)).as("no price fits").isEqualTo(99_323);
  }

  @Test
  void tellWholeUnitsRoundedDown() throws Exception {
    Budgets budgets = money("2.50");
    Reserved first = Reserving.reserve(budgets, permitted("search_web"));
    assertThat(first.rateLimit())
        .contains(
            new RateHeaders("\"spend\";q=2;w=2592000;qu=\"money\"", "\"spend\";r=2;t=648000"));
    first.settle(true, Usage.NONE);
    for (int i = 0; i < 4; i++) {
      spend(budgets, "search_web", Usage.NONE);
    }
    Refusal.OverBudget refusal = refusal(budgets, "search_web");
    assertThat(refusal)
        .isEqualTo(
            new Refusal.OverBudget(
                "spend",
                "money",
                2,
                0,
                Duration.ofHours(12).plusDays(7),
                Duration.ofDays(30),
                false,
                true));
    // what costs nothing can always be paid
    assertThat(left(budgets)).isZero();
    Budgets tiny = money("0.000001");
    try (Reserved look = Reserving.reserve(tiny, permitted("search_web"))) {
      assertThat(look.rateLimit().orElseThrow().policy()).startsWith("\"spend\";q=1;");
      assertThat(look.rateLimit().orElseThrow().limit()).startsWith("\"spend\";r=0;");
    }
  }

  @Test
  void orderBudgetsByWhatIsLeftAndNotByWhatIsTold() throws Exception {
    Budgets budgets =
        compile(
            Budgets.NONE,
            """
            budgets:
              - { name: calls, limit: 10, unit: calls, window: day }
              - { name: spend, limit: 0.9, unit: money, cost: 0.01, window: day }
            """);
    try (Reserved look = Reserving.reserve(budgets, permitted("any"))) {
      assertThat(look.rateLimit().orElseThrow().limit()).startsWith("\"calls\";r=9;");
    }
  }

  @Test
  void takeTheirOwnCostWhichMayNamePrices() throws Exception {
    Budgets budgets =
        compile(
            Budgets.NONE,
            PRICES
                + """
                budgets:
                  - { name: double, limit: 1000, unit: money, window: month, cost: search * 2 + input * 0.5 }
                """);
    spend(budgets, "free", used(100, 0, ""));
    try (Reserved look = Reserving.reserve(budgets, permitted("free"))) {
      // with this one's own, since a budget with a cost has no call that is free
      assertThat(look.rateLimit().orElseThrow().limit()).startsWith("\"double\";r=947;");
    }
  }

  @Test
  void reserveByTheModelThatTheTargetNamedLast() throws Exception {
    Estimator estimator = new Estimator();
    Usage nobody = estimator.before("up", call("end", "ask", "{}"));
    long expected = nobody.output().tokens();
    Prices prices = prices(PRICES);
    assertThat(prices.before(call("end", "ask", ""), nobody).orElseThrow().millionths(nobody))
        .as("a price for any model goes first")
        .isEqualTo(2_000_000 * nobody.input().tokens() + 250_000);
    Usage mini = used(0, expected, "mini-1");
    assertThat(prices.before(call("end", "ask", ""), mini).orElseThrow().millionths(mini))
        .isEqualTo(300_000 * expected);
    Prices modelsOnly = prices(PRICES.replaceAll("(?m)^.*name: (search|other).*\n", ""));
    assertThat(modelsOnly.before(call("end", "ask", ""), nobody).orElseThrow().millionths(nobody))
        .as("else the first of those for some models")
        .isEqualTo(1_000_000 * nobody.input().tokens() + 3_000_000 * expected);
    assertThat(modelsOnly.after(call("end", "ask", ""), nobody))
        .as("after the call only what is known counts")
        .isEmpty();
    assertThat(modelsOnly.before(call("end", "ask", ""), used(1, 1, "claude"))).isEmpty();
    assertThat(modelsOnly.before(call("end", "chat", ""), nobody)).isEmpty();
  }

  private static Prices prices(String text) throws ConfigRejected {
    return Prices.compile(
        ConfigReader.read(
                """
                upstreams: { up: { mcp: { url: "http://127.0.0.1:1/mcp" } } }
                endpoints: { end: { mcp: { upstreams: [up] } } }
                """
                    + text,
                "my.yaml",
                _ -> null)
            .prices());
  }

  @Test
  void chargeWhatIsFixedOnceHoweverManyRoundsACallTakes() throws Exception {
    Budgets budgets = money("1000");
    spend(budgets, "search_web", Usage.NONE);
    spend(budgets, "chat", Usage.NONE);
    Permitted round =
        Rules.permitted(RoutedFixture.continued(ANN, call("end", "chat", "{}"), "up"));
    Reserving.reserve(budgets, round).settle(true, used(10, 0, ""));
    spend(budgets, "chat", Usage.NONE);
    // 0.5 + 0.25 + 20 + 0.25
    assertThat(left(budgets)).isEqualTo(979);
  }

  @Test
  void giveBackWhatWasNeverSent() throws Exception {
    Budgets budgets = money("0.5");
    for (int i = 0; i < 5; i++) {
      Reserving.reserve(budgets, permitted("search_web")).settle(false, Usage.NONE);
    }
    spend(budgets, "search_web", Usage.NONE);
    refusal(budgets, "search_web");
  }

  @Test
  void keepWhatWasSpentWherePricesChange() throws Exception {
    Budgets first = money("1");
    spend(first, "search_web", Usage.NONE);
    Budgets dearer =
        compile(
            first,
            PRICES.replace("cost: 0.5", "cost: 0.6")
                + "budgets: [{ name: spend, limit: 1, unit: money, window: month }]\n");
    refusal(dearer, "search_web");
    Budgets cheaper =
        compile(
            dearer,
            PRICES.replace("cost: 0.5", "cost: 0.4")
                + "budgets: [{ name: spend, limit: 1, unit: money, window: month }]\n");
    spend(cheaper, "search_web", Usage.NONE);
    refusal(cheaper, "search_web");
  }

  @Test
  void areRefusedWithTheirLineWhereTheirCostCannotBeKnown() {
    String text =
        PRICES
            + """
            budgets:
              - { name: a, limit: 1, unit: money, window: day, cost: serch * 2 }
              - { name: b, limit: 1, unit: tokens, window: day, cost: search * 2 }
            """;
    ConfigRejected rejected = assertThrows(ConfigRejected.class, () -> compile(Budgets.NONE, text));
    assertThat(rejected.problems())
        .extracting(Problem::toString)
        .satisfiesExactly(
            one ->
                assertThat(one)
                    .startsWith(
                        "my.yaml:9:58: budgets[0].cost: 'serch' is unknown here, expected numbers,"
                            + " input, output, cached, prices (big, other, search, small), and"),
            two ->
                assertThat(two)
                    .startsWith(
                        "my.yaml:10:59: budgets[1].cost: 'search' is a price, which only a budget"
                            + " with unit: money can name, expected numbers"));
  }
}
