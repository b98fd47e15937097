package dev.turnpike.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {
  @Test
  void theMedianIsTheMiddleOfAnOddNumberOfValues() {
    assertThat(of(9, 1, 5).median()).isEqualTo(5);
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
    assertThat(of(8, 1, 2, 4).median()).isEqualTo(3);
  }

  @Test
  void tellsTheSpreadAndKeepsTheOrderOfTheRounds() {
    Series series = of(9, 1, 5);
    assertThat(series.least()).isEqualTo(1);
    assertThat(series.most()).isEqualTo(9);
    assertThat(series.values()).isEqualTo(List.of(9.0, 1.0, 5.0));
  }

  @Test
  void comparesWhatWasMeasuredInTheSameRound() {
    Figures turnpike = new Figures();
    Figures floor = new Figures();
    // the machine was twice as busy in the second round, for both
    turnpike.callsPerSecond.add(800);
    turnpike.callsPerSecond.add(400);
    floor.callsPerSecond.add(1000);
    floor.callsPerSecond.add(500);
    Comparison throughput = Comparison.of(turnpike, floor).getFirst();
    assertThat(throughput.figure().values()).isEqualTo(List.of(0.8, 0.8));
    assertThat(throughput.verdict()).isEqualTo("met");
  }

  private static Series of(double... values) {
    Series series = new Series();
    for (double value : values) {
      series.add(value);
    }
    return series;
  }
}
