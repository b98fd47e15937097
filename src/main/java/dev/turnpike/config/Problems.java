package dev.turnpike.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong while the file is read on, so that one look shows all of it. */
final class Problems {
  /** Stands for the key where the whole file is meant. */
  static final String WHOLE_FILE = "(file)";

  private static final Comparator<Problem> IN_ORDER_OF_THE_FILE =
      Comparator.comparingInt((Problem problem) -> problem.mark().line())
          .thenComparingInt(problem -> problem.mark().column());

  private final List<Problem> found = new ArrayList<>();

  void add(Mark mark, String key, String message) {
    found.add(new Problem(mark, key.isEmpty() ? WHOLE_FILE : key, message));
  }

  void rejectIfAny() throws ConfigRejected {
    if (!found.isEmpty()) {
      throw new ConfigRejected(found.stream().sorted(IN_ORDER_OF_THE_FILE).toList());
    }
  }

  boolean none() {
    return found.isEmpty();
  }
}
