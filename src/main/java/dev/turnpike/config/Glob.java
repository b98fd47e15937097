package dev.turnpike.config;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The compiled form of a pattern: a literal head, then a little automaton whose states are the bits
 * of a few words. Every character of the value moves all states at once, so there is nothing to go
 * back to.
 */
final class Glob {
  private static final long[] NOWHERE = {};

  /** What stands before the first wildcard; the whole pattern where there is none. */
  private final String head;

  private final boolean literal;
  private final int words;
  private final int last;

  /** Bit i: the i-th token is a wildcard. */
  private final long[] wild;

  /** Bit i: the i-th token is a wildcard that also takes a slash. */
  private final long[] deep;

  /** Bit i: the i-th token is this character. */
  private final Map<Character, long[]> steps = new HashMap<>();

  private Glob(String head, String tail, boolean uri) {
    this.head = head;
    this.literal = tail.isEmpty();
    this.words = tail.length() / Long.SIZE + 1;
    this.wild = new long[words];
    this.deep = new long[words];
    int token = 0;
    for (int i = 0; i < tail.length(); token++) {
      int stars = stars(tail, i);
      if (stars == 0) {
        set(steps.computeIfAbsent(tail.charAt(i), _ -> new long[words]), token);
        i++;
      } else {
        set(wild, token);
        if (!uri || stars > 1) {
          set(deep, token);
        }
        i += stars;
      }
    }
    this.last = token;
  }

  static Glob of(String pattern, boolean uri) {
    int star = pattern.indexOf('*');
    return star < 0
        ? new Glob(pattern, "", uri)
        : new Glob(pattern.substring(0, star), pattern.substring(star), uri);
  }

  boolean covers(String value) {
    if (literal) {
      return head.equals(value);
    }
    if (!value.startsWith(head)) {
      return false;
    }
    long[] states = new long[words];
    states[0] = 1;
    skipWildcards(states);
    for (int i = head.length(); i < value.length(); i++) {
      if (!move(states, value.charAt(i))) {
        return false;
      }
    }
    return (states[last / Long.SIZE] & 1L << last) != 0;
  }

  /** One character on. False when no state is left. */
  private boolean move(long[] states, char c) {
    long @Nullable [] known = steps.get(c);
    long[] step = known == null ? NOWHERE : known;
    long[] stay = c == '/' ? deep : wild;
    long carry = 0;
    long any = 0;
    for (int w = 0; w < words; w++) {
      long taken = step.length == 0 ? 0 : states[w] & step[w];
      long next = taken << 1 | carry | states[w] & stay[w];
      carry = taken >>> Long.SIZE - 1;
      states[w] = next;
      any |= next;
    }
    skipWildcards(states);
    return any != 0;
  }

  /** A wildcard may take nothing. Two never stand side by side, so one shift reaches all. */
  private void skipWildcards(long[] states) {
    long carry = 0;
    for (int w = 0; w < words; w++) {
      long over = states[w] & wild[w];
      states[w] |= over << 1 | carry;
      carry = over >>> Long.SIZE - 1;
    }
  }

  private static int stars(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) == '*') {
      end++;
    }
    return end - from;
  }

  private static void set(long[] bits, int index) {
    bits[index / Long.SIZE] |= 1L << index;
  }
}
