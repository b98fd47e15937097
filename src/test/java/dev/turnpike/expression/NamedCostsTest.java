package dev.turnpike.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.turnpike.config.ConfigReader;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Mark;
import dev.turnpike.config.PriceSpec;
import dev.turnpike.config.Problem;
import dev.turnpike.config.Written;
import dev.turnpike.exchange.Count;
import dev.turnpike.exchange.Usage;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class NamedCostsTest {
  private static final Usage USAGE =
      new Usage(Count.counted(100), Count.counted(30), 15, Count.NONE);
  private static final String EXPECTED =
      ", expected numbers, input, output, cached, prices (%s), and + - * / between them,"
          + " such as input + output * 4";

  /** Prices from line 4 on, each "name = cost". */
  private static List<PriceSpec> prices(String... lines) throws ConfigRejected {
    StringBuilder text =
        new StringBuilder(
            """
            upstreams: { up: { mcp: { url: "http://127.0.0.1:1/mcp" } } }
            endpoints: { end: { mcp: { upstreams: [up] } } }
            prices:
            """);
    for (String line : lines) {
      String[] parts = line.split(" = ", 2);
      text.append("- { name: %s, cost: %s }\n".formatted(parts[0], parts[1]));
    }
    return ConfigReader.read(text.toString(), "my.yaml", _ -> null).prices();
  }

  private static long millionths(NamedCosts costs, String name) {
    return costs.of(name).orElseThrow().millionths(USAGE);
  }

  @Test
  void nameOneAnotherInAnyOrder() throws ConfigRejected {
    NamedCosts costs =
        NamedCosts.read(
            prices(
                "dear = cheap * 10 + each",
                "cheap = input * 0.1",
                "each = 0.5",
                "both = dear + each"));
    assertThat(millionths(costs, "dear")).isEqualTo(100_500_000);
    assertThat(millionths(costs, "cheap")).isEqualTo(10_000_000);
    assertThat(millionths(costs, "both")).isEqualTo(101_000_000);
    assertThat(costs.of("other")).isEmpty();
    Written<String> own = new Written<>("cheap * 2 + 0.01", new Mark("my.yaml", 9, 3));
    assertThat(costs.money("budgets[0].cost", own).millionths(USAGE)).isEqualTo(20_010_000);
  }

  static final List<Arguments> BROKEN =
      List.of(
          row(
              "a = a * 2",
              "4:20: prices[0].cost: goes in a circle, a -> a, expected prices that end"),
          row(
              "a = b, b = c + 1, c = 2 * a, d = a",
              "6:20: prices[2].cost: goes in a circle, a -> b -> c -> a, expected prices that end in numbers, input, output and cached"),
          row(
              "z = a, a = b, b = a",
              "6:20: prices[2].cost: goes in a circle, a -> b -> a, expected"),
          row(
              "a = 1, b = aa",
              "5:20: prices[1].cost: 'aa' is unknown here" + EXPECTED.formatted("a, b")),
          row("a = gone, b = a", "4:20: prices[0].cost: 'gone' is unknown here"),
          row("a = 1 +", "4:20: prices[0].cost: "),
          row("a = input > 2", "4:20: prices[0].cost: '_>_' is unknown here"));

  @ParameterizedTest
  @FieldSource("BROKEN")
  void areRefusedWhereTheyStand(String prices, String problem) {
    ConfigRejected rejected =
        assertThrows(ConfigRejected.class, () -> NamedCosts.read(prices(prices.split(", "))));
    assertThat(rejected.problems())
        .extracting(Problem::toString)
        .singleElement()
        .asString()
        .startsWith("my.yaml:" + problem);
  }

  @Test
  void tellsEverythingThatIsWrong() {
    ConfigRejected rejected =
        assertThrows(
            ConfigRejected.class,
            () -> NamedCosts.read(prices("a = a", "b = x", "c = 1", "d = d + c")));
    assertThat(rejected.problems()).extracting(p -> p.mark().line()).containsExactly(4, 5, 7);
  }

  @Test
  void cannotGrowWithoutEnd() throws ConfigRejected {
    String[] doubling =
        IntStream.range(0, 16)
            .mapToObj(i -> i == 0 ? "p0 = input" : "p%d = p%d + p%d".formatted(i, i - 1, i - 1))
            .toArray(String[]::new);
    List<PriceSpec> specs = prices(doubling);
    ConfigRejected rejected = assertThrows(ConfigRejected.class, () -> NamedCosts.read(specs));
    assertThat(rejected.problems())
        .singleElement()
        .asString()
        .startsWith("my.yaml:15:")
        .contains("takes more than 5000 steps");
  }

  @Test
  void stopsAtARowThatIsTooLong() throws ConfigRejected {
    for (boolean up : new boolean[] {true, false}) {
      List<String> row =
          IntStream.range(0, 17)
              .mapToObj(i -> i == 0 ? "p0 = input" : "p%d = p%d".formatted(i, i - 1))
              .collect(Collectors.toList());
      if (up) {
        row = row.reversed();
      }
      List<PriceSpec> all = prices(row.toArray(String[]::new));
      assertThat(assertThrows(ConfigRejected.class, () -> NamedCosts.read(all)))
          .hasMessageContaining("expected at most 16 in a row");
      NamedCosts.read(up ? all.subList(1, 17) : all.subList(0, 16));
    }
  }

  @Test
  void areNotForTokens() throws ConfigRejected {
    NamedCosts costs = NamedCosts.read(prices("gpt = input"));
    ConfigRejected rejected =
        assertThrows(
            ConfigRejected.class,
            () ->
                costs.tokens(
                    "budgets[1].cost", new Written<>("gpt * 2", new Mark("my.yaml", 9, 3))));
    assertThat(rejected.problems().getFirst())
        .hasToString(
            "my.yaml:9:3: budgets[1].cost: 'gpt' is a price, which only a budget with unit: money"
                + " can name, expected numbers, input, output, cached, and + - * / between them,"
                + " such as input + output * 4");
  }

  private static Arguments row(String prices, String problem) {
    return Arguments.of(prices, problem);
  }
}
