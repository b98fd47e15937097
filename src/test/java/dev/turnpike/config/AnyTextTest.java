package dev.turnpike.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds, reading it ends in a setup or in problems that can be told. */
class AnyTextTest {
  private static final String[] SHARDS = {
    "\t",
    "\n",
    "\r",
    " ",
    ":",
    ": ",
    "- ",
    "? ",
    "#",
    "{",
    "}",
    "[",
    "]",
    ",",
    "*",
    "&a ",
    "!",
    "!!x ",
    "|",
    ">",
    "%",
    "@",
    "`",
    "'",
    "\"",
    "\\",
    "${",
    "}",
    "$${X}",
    "---\n",
    "...\n",
    "<<",
    "~",
    "\u0000",
    "\ufeff",
    "\u2028",
    "\ud800",
    "\uD83D\uDE00",
    "\"\\ud800\"",
    "\"\\U00110000\"",
    "\"\\xZZ\"",
    "1e999"
  };

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void endsForTextsThatWereDamaged(long seed) throws IOException {
    String ready;
    try (InputStream in =
        Objects.requireNonNull(AnyTextTest.class.getResourceAsStream("/turnpike.yaml"))) {
      ready = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("#.*", "");
    }
    SplittableRandom random = new SplittableRandom(seed);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      StringBuilder text = new StringBuilder(ready);
      for (int damages = random.nextInt(1, 4); damages > 0; damages--) {
        int from = random.nextInt(text.length());
        int to = Math.min(text.length(), from + random.nextInt(3) * random.nextInt(12));
        text.replace(from, to, SHARDS[random.nextInt(SHARDS.length)]);
      }
      refused += refused(text.toString()) ? 1 : 0;
    }
    assertTrue(refused > 100, "too few of the texts were damaged enough");
  }

  static LongStream seeds() {
    return LongStream.range(0, 10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\ud800\": 1",
        "a: \"\\UFFFFFFFF\"",
        "%YAML 3.0\n---\na: 1",
        "%TAG ! x\n%TAG ! y\n---\n",
        "? ",
        "- ",
        ":",
        "a: |9\n b",
        "\ud800",
        "a: !<> b",
        "%FOO\n---\na"
      })
  void endsForOddTexts(String text) {
    assertTrue(refused(text));
  }

  private static boolean refused(String text) {
    try {
      Yaml.read(text);
      return false;
    } catch (ConfigRejected rejected) {
      assertFalse(rejected.problems().isEmpty());
      for (Problem problem : rejected.problems()) {
        assertTrue(problem.mark().line() >= 1 && problem.mark().column() >= 1, text);
        assertTrue(problem.toString().lines().count() == 1, problem.toString());
      }
      return true;
    }
  }
}
