package dev.turnpike.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Names that a person, or a model, takes for one another: letters in another case, 0 for o, 1 or i
 * for l, and the two characters that stand between words.
 */
public final class Lookalike {
  private Lookalike() {}

  /** Pairs of different names that look alike, in the order in which the second of them comes. */
  public static List<String> pairs(Iterable<String> names) {
    Map<String, String> seen = new HashMap<>();
    List<String> pairs = new ArrayList<>();
    for (String name : names) {
      String earlier = seen.putIfAbsent(folded(name), name);
      if (earlier != null && !earlier.equals(name)) {
        pairs.add(earlier + " and " + name);
      }
    }
    return pairs;
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT)
        .replace('0', 'o')
        .replace('1', 'l')
        .replace('i', 'l')
        .replace('_', '-');
  }
}
