package dev.turnpike.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Mark;
import dev.turnpike.config.Written;
import dev.turnpike.exchange.Count;
import dev.turnpike.exchange.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CostTest {
  private static final Usage USAGE =
      new Usage(Count.counted(100), Count.counted(30), 15, Count.NONE);

  private static Cost cost(String text) throws ConfigRejected {
    return Expressions.cost("budgets[0].cost", new Written<>(text, new Mark("f", 3, 9)));
  }

  @ParameterizedTest
  @CsvSource({
    "input + output, 130",
    "input + cached * 0.1 + output * 4, 222",
    "(input - cached) / 2, 43",
    "input * 1e-3, 1",
    "output - input, 0",
    "-input, 0",
    "7, 7",
    "0.5, 1",
    "input * 1e300 * 1e300, 999999999999999"
  })
  void isWholeAndNeverLessThanNothing(String formula, long expected) throws ConfigRejected {
    assertThat(cost(formula).of(USAGE)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "input * 0.0000025, 250",
    "input * 0.1 + 0.1 + 0.2, 10300000",
    "0.1 * 3, 300000",
    "input * 0.0000000001, 1",
    "output - input, 0",
    "0, 0",
    "input * 1e300 * 1e300, 999999999999999"
  })
  void isInMillionthsWhereItIsMoney(String formula, long expected) throws ConfigRejected {
    assertThat(cost(formula).millionths(USAGE)).isEqualTo(expected);
  }

  @Test
  void isAlsoToldWithoutWhatItComesToBeforeAnythingIsUsed() throws ConfigRejected {
    assertThat(cost("input * 0.01 + 0.5").millionthsOfUse(USAGE)).isEqualTo(1_000_000);
    assertThat(cost("0.5").millionthsOfUse(USAGE)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "input +",
        "tokens",
        "input / output",
        "input / 0",
        "input % 2",
        "input > 3",
        "max(input, output)",
        "'text'",
        "[input]",
        "usage.input",
        "true",
        "input ? 1 : 2"
      })
  void whatIsNoArithmeticIsRefusedWithItsPlace(String formula) {
    assertThatThrownBy(() -> cost(formula))
        .isInstanceOf(ConfigRejected.class)
        .hasMessageContaining("budgets[0].cost")
        .hasMessageContaining("expected numbers, input, output, cached");
  }
}
