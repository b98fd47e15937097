package dev.turnpike.load;

import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;

/**
 * Turnpike against the faster of the bare proxies. What is compared was measured in the same round:
 * what else the machine had to do then, both felt.
 *
 * @param what is compared
 * @param figure over the rounds
 * @param wanted the bar
 * @param atLeast whether more is better
 */
record Comparison(String what, Series figure, double wanted, boolean atLeast) {
  static final double THROUGHPUT_BAR = 0.75;
  static final double CPU_BAR = 1.40;
  static final double ADDED_P50_BAR = 0.20;
  static final double P99_BAR = 2.0;

  /** The bare proxy with the higher throughput. */
  static Subject floor(List<Subject> subjects) {
    return subjects.stream()
        .filter(subject -> List.of("streaming", "buffering").contains(subject.name()))
        .max(Comparator.comparing(subject -> subject.figures().callsPerSecond.median()))
        .orElseThrow();
  }

  static List<Comparison> of(Figures turnpike, Figures floor) {
    return List.of(
        new Comparison(
            "throughput, of the floor's",
            paired(turnpike, floor, figures -> figures.callsPerSecond, (t, f) -> t / f),
            THROUGHPUT_BAR,
            true),
        new Comparison(
            "CPU per call, of the floor's",
            paired(turnpike, floor, figures -> figures.proxyCpu, (t, f) -> t / f),
            CPU_BAR,
            false),
        new Comparison(
            "p50 over the floor's, ms",
            paired(turnpike, floor, figures -> figures.p50Millis, (t, f) -> t - f),
            ADDED_P50_BAR,
            false),
        new Comparison(
            "p99, of the floor's",
            paired(turnpike, floor, figures -> figures.p99Millis, (t, f) -> t / f),
            P99_BAR,
            false));
  }

  boolean met() {
    return atLeast ? figure.median() >= wanted : figure.median() <= wanted;
  }

  /** How the bar was met or missed, in words. */
  String verdict() {
    return met() ? "met" : "missed by %.2f".formatted(Math.abs(figure.median() - wanted));
  }

  private static Series paired(
      Figures turnpike,
      Figures floor,
      Function<Figures, Series> member,
      DoubleBinaryOperator operation) {
    List<Double> left = member.apply(turnpike).values();
    List<Double> right = member.apply(floor).values();
    Series result = new Series();
    for (int round = 0; round < left.size(); round++) {
      result.add(operation.applyAsDouble(left.get(round), right.get(round)));
    }
    return result;
  }
}
