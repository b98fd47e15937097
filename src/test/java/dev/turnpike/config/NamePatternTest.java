package dev.turnpike.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NamePatternTest {
  @ParameterizedTest
  @CsvSource({
    "echo, echo, true",
    "echo, echo2, false",
    "echo, Echo, false",
    "echo, '', false",
    "*, '', true",
    "*, anything/at.all, true",
    "files_*, files_, true",
    "files_*, files_read, true",
    "files_*, file_read, false",
    "*_delete_*, pay_delete_all, true",
    "*_delete_*, pay_delete, false",
    "a*b*c, a1b2c, true",
    "a*b*c, abc, true",
    "a*b*c, acb, false",
    "a*a, a, false",
    "a.c, abc, false",
    "'a[bc]?', 'a[bc]?', true",
    "'a[bc]?', ab, false",
    "a**c, a/b/c, true"
  })
  void aStarInANameTakesAnything(String pattern, String value, boolean covers) {
    assertEquals(covers, new NamePattern(pattern, false).covers(value));
  }

  @ParameterizedTest
  @CsvSource({
    "file:///srv/*, file:///srv/a.txt, true",
    "file:///srv/*, file:///srv/, true",
    "file:///srv/*, file:///srv/a/b.txt, false",
    "file:///srv/**, file:///srv/a/b.txt, true",
    "file:///srv/**, file:///srv/, true",
    "file:///srv/**, file:///srv, false",
    "file:///*/b, file:///a/b, true",
    "file:///*/b, file:///a/a/b, false",
    "file:///**/b, file:///a/a/b, true",
    "file:///**/b, file:///b, false",
    "**/x*y/**, a/b/x-y/c/d, true",
    "**/x*y/**, a/b/x-/y/c/d, false",
    "**, a/b, true",
    "***, a/b, true"
  })
  void aStarInAUriStaysInItsSegmentAndTwoGoAcross(String pattern, String value, boolean covers) {
    assertEquals(covers, new NamePattern(pattern, true).covers(value));
  }

  @Test
  void aPatternThatCouldBeTriedInManyWaysEndsFast() {
    String value = "a".repeat(1_000_000);
    NamePattern many = new NamePattern("*a*a*a*a*a*a*a*a*a*a*a*a*b", false);
    NamePattern mixed = new NamePattern("**a*a**a*a**a*a**/".repeat(40) + "b", true);
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          assertFalse(many.covers(value));
          assertTrue(many.covers(value + "b"));
          assertFalse(mixed.covers(value));
          assertFalse(mixed.covers("aaaaaa/".repeat(100_000)));
        });
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void agreesWithItsNaiveTwin(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int covered = 0;
    for (int i = 0; i < 2_000; i++) {
      boolean uri = random.nextBoolean();
      int longest = random.nextInt(8) == 0 ? 150 : 9;
      String value = text(random, "ab/", longest);
      String pattern = random.nextBoolean() ? text(random, "ab/**", 9) : blurred(random, value);
      boolean expected = Naive.covers(pattern, 0, value, 0, uri);
      covered += expected ? 1 : 0;
      assertEquals(
          expected,
          new NamePattern(pattern, uri).covers(value),
          () -> "pattern " + pattern + " value " + value + " uri " + uri);
    }
    assertTrue(covered > 100, "too few of the patterns cover anything");
  }

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  private static String text(SplittableRandom random, String letters, int longest) {
    StringBuilder out = new StringBuilder();
    for (int n = random.nextInt(longest + 1); n > 0; n--) {
      out.append(letters.charAt(random.nextInt(letters.length())));
    }
    return out.toString();
  }

  /** The value with some of it replaced by wildcards: likely to be covered, also when long. */
  private static String blurred(SplittableRandom random, String value) {
    StringBuilder out = new StringBuilder(value);
    for (int n = random.nextInt(3); n >= 0; n--) {
      int from = random.nextInt(out.length() + 1);
      int to = from + random.nextInt(Math.min(4, out.length() - from + 1));
      out.replace(from, to, random.nextBoolean() ? "*" : "**");
    }
    return out.toString();
  }

  /** Tries everything. */
  private static final class Naive {
    static boolean covers(String pattern, int p, String value, int v, boolean uri) {
      if (p == pattern.length()) {
        return v == value.length();
      }
      if (pattern.charAt(p) != '*') {
        return v < value.length()
            && pattern.charAt(p) == value.charAt(v)
            && covers(pattern, p + 1, value, v + 1, uri);
      }
      int after = p;
      while (after < pattern.length() && pattern.charAt(after) == '*') {
        after++;
      }
      boolean deep = !uri || after - p > 1;
      for (int end = v; end <= value.length(); end++) {
        if (covers(pattern, after, value, end, uri)) {
          return true;
        }
        if (end < value.length() && value.charAt(end) == '/' && !deep) {
          return false;
        }
      }
      return false;
    }
  }
}
