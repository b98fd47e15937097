package dev.turnpike.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.rpc.Payload;
import dev.turnpike.tokens.Reporting.Several;
import dev.turnpike.tokens.Weight.Kind;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightTest {
  private static Reported said(long input, long output) {
    return new Reported(figure(input), figure(output), OptionalLong.empty());
  }

  // negative: it is not said
  private static OptionalLong figure(long tokens) {
    return tokens < 0 ? OptionalLong.empty() : OptionalLong.of(tokens);
  }

  private static Weight result(Reported said) {
    return new Weight(Kind.RESULT, List.of(Piece.json(Payload.of("{}"))), 3, said);
  }

  @ParameterizedTest
  @CsvSource({"LAST, 5, 20", "SUM, 15, 27", "MAX, 10, 20"})
  void ofWhatIsReportedTwiceHoldsWhatIsSet(Several several, long input, long output) {
    Weight both = result(said(10, 7)).and(result(said(5, 20)), several);
    assertThat(both.reported()).isEqualTo(said(input, output));
    assertThat(both.pieces()).hasSize(2);
    assertThat(both.fixed()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource({"LAST", "SUM", "MAX"})
  void whatOnlyOneOfThemSaysHolds(Several several) {
    assertThat(result(said(10, -1)).and(result(said(-1, 20)), several).reported())
        .isEqualTo(said(10, 20));
    assertThat(result(said(-1, 0)).and(result(Reported.NOTHING), several).reported())
        .isEqualTo(said(-1, 0));
  }

  @Test
  void aSumStaysAFigure() {
    Weight most = result(said(Reported.MOST, Reported.MOST - 1));
    assertThat(most.and(most, Several.SUM).and(most, Several.SUM).reported())
        .isEqualTo(said(Reported.MOST, Reported.MOST));
  }

  @Test
  void nothingAddsNothing() {
    Weight weight = result(said(1, 2));
    assertThat(weight.and(Weight.NONE, Several.SUM)).isEqualTo(weight);
    assertThat(Weight.NONE.and(weight, Several.SUM)).isEqualTo(weight);
  }
}
