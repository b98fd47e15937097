package dev.turnpike.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody most likely meant. */
final class Nearest {
  private static final int LONGEST = 64;

  private Nearest() {}

  /** The candidate that differs by a slip or two; empty when none is near. */
  static Optional<String> to(String written, Collection<String> candidates) {
    if (written.length() > LONGEST) {
      return Optional.empty();
    }
    String plain = plain(written);
    return candidates.stream()
        .filter(candidate -> distance(plain, plain(candidate)) <= slips(candidate))
        .min(Comparator.comparingInt(candidate -> distance(plain, plain(candidate))));
  }

  /** The ending of a message: {@code ; did you mean "x"?}, or nothing. */
  static String hint(String written, Collection<String> candidates) {
    return to(written, candidates)
        .map(near -> "; did you mean " + Quoted.of(near) + "?")
        .orElse("");
  }

  private static int slips(String candidate) {
    return candidate.length() <= 3 ? 1 : candidate.length() <= 8 ? 2 : 3;
  }

  private static String plain(String key) {
    return key.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  /** Edits to get from one to the other, where swapped neighbours are one edit. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
