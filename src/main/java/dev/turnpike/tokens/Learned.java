package dev.turnpike.tokens;

import java.util.Arrays;
import java.util.Optional;

/**
 * What was learned of one target: how far estimates of each class are off, and how large its
 * results are. Thread-safe.
 */
final class Learned {
  private static final double LEAST = 0.25;
  private static final double MOST = 4;
  private static final double NEW = 0.125;

  private final double[] factors = new double[ContentClass.values().length];
  private double mean;
  private double deviation;
  private boolean seen;
  private Optional<String> model = Optional.empty();

  /**
   * @param mean tokens of a result, until one was seen
   */
  Learned(double mean) {
    this.mean = mean;
    Arrays.fill(factors, 1);
  }

  synchronized double corrected(ContentClass looks, double tokens) {
    return tokens * factors[looks.ordinal()];
  }

  /** An estimate before correction turned out to be so much. */
  synchronized void counted(ContentClass looks, double estimate, long count) {
    if (estimate > 0) {
      double ratio = Math.clamp(count / estimate, LEAST, MOST);
      factors[looks.ordinal()] += NEW * (ratio - factors[looks.ordinal()]);
    }
  }

  /** A result had so many tokens. */
  synchronized void sized(long tokens) {
    if (!seen) {
      seen = true;
      mean = tokens;
      deviation = tokens / 2.0;
      return;
    }
    deviation += NEW * (Math.abs(tokens - mean) - deviation);
    mean += NEW * (tokens - mean);
  }

  /** It named this model. */
  synchronized void answered(String named) {
    if (model.isEmpty() || !model.get().equals(named)) {
      model = Optional.of(named);
    }
  }

  /** The model that it named last. */
  synchronized Optional<String> model() {
    return model;
  }

  /** Tokens that most results do not exceed. */
  synchronized long expected() {
    return Math.round(mean + deviation);
  }
}
