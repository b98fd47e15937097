package dev.turnpike.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Measures how far estimates are off, and prints it: of bytes alone, of bytes with what was learned
 * of a target, and of a count for another family of models. The README states the figures.
 */
class EstimateErrorTest {
  private static final Tokenizer O200K = Encoding.named("o200k_base").orElseThrow();
  private static final Tokenizer CL100K = Encoding.named("cl100k_base").orElseThrow();

  /** In percent of what there is: on the average, and over all texts together. */
  private record Off(double each, double all) {
    static Off of(List<Long> guesses, List<Long> truth) {
      double each = 0;
      long guessed = 0;
      long there = 0;
      for (int i = 0; i < guesses.size(); i++) {
        each += Math.abs(guesses.get(i) - truth.get(i)) / (double) truth.get(i);
        guessed += guesses.get(i);
        there += truth.get(i);
      }
      return new Off(100 * each / guesses.size(), 100.0 * (guessed - there) / there);
    }

    String text() {
      return "%6.1f %+7.1f".formatted(each, all);
    }
  }

  @Test
  void isToldAndLearningMakesItSmaller() throws IOException {
    System.out.printf(
        "%-16s %14s %14s %14s   (%% off: each text, all of them)%n",
        "", "bytes", "learned", "cl100k_base");
    for (Map.Entry<String, List<Piece>> kind : Corpus.all().entrySet()) {
      List<Long> truth = kind.getValue().stream().map(piece -> O200K.count(piece.text())).toList();
      Off bytes = Off.of(guesses(kind.getValue(), new Estimator()), truth);
      Estimator taught = new Estimator();
      Optional<Target> target = Optional.of(new Target(Target.Kind.TOOL, kind.getKey()));
      int half = kind.getValue().size() / 2;
      for (int i = 0; i < half; i++) {
        taught.counted("up", target, kind.getValue().get(i), truth.get(i));
      }
      List<Long> later = new ArrayList<>();
      for (Piece piece : kind.getValue().subList(half, kind.getValue().size())) {
        later.add(taught.tokens("up", target, List.of(piece)));
      }
      Off learned = Off.of(later, truth.subList(half, truth.size()));
      Off other = Off.of(kind.getValue().stream().map(p -> CL100K.count(p.text())).toList(), truth);
      System.out.printf(
          "%-16s %s %s %s%n", kind.getKey(), bytes.text(), learned.text(), other.text());
      assertThat(bytes.each()).as(kind.getKey()).isLessThan(80);
      assertThat(learned.each()).as(kind.getKey()).isLessThan(25);
      assertThat(Math.abs(learned.all())).as(kind.getKey()).isLessThan(15);
    }
  }

  private static List<Long> guesses(List<Piece> pieces, Estimator estimator) {
    return pieces.stream()
        .map(piece -> estimator.tokens("up", Optional.empty(), List.of(piece)))
        .toList();
  }
}
