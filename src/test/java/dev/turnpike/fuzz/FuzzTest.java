package dev.turnpike.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The short run: what is kept, and a fixed number of mutations of it. */
class FuzzTest {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final List<Long> SEEDS = List.of(1L, 2L, 3L);

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("kept")
  void keepsItsPromisesForEachInputThatIsKept(Targets which, String file, byte[] input) {
    assertTimeoutPreemptively(LONGEST, () -> which.target().judge(input), file);
  }

  static Stream<Arguments> kept() {
    return Stream.of(Targets.values())
        .flatMap(which ->
            Kept.of(which).entrySet().stream()
                .map(kept -> Arguments.of(which, kept.getKey(), kept.getValue())));
  }

  @ParameterizedTest
  @EnumSource
  void keepsItsPromisesForInputsThatNobodyWrote(Targets which) {
    AtomicReference<byte[]> current = new AtomicReference<>(new byte[0]);
    try {
      int good = assertTimeoutPreemptively(LONGEST, () -> goodOnes(which, current));
      assertThat(good).as("some are good, and some are not").isBetween(1, which.mutations - 1);
    } catch (Exception | Error broken) {
      String input = Base64.getEncoder().encodeToString(current.get());
      throw new AssertionError("input (base64) " + input, broken);
    }
  }

  private static int goodOnes(Targets which, AtomicReference<byte[]> current) {
    Target target = which.target();
    List<byte[]> inputs = List.copyOf(Kept.of(which).values());
    int good = 0;
    for (long seed : SEEDS) {
      Mutator mutator = new Mutator(new SplittableRandom(seed), which.words);
      for (int left = which.mutations / SEEDS.size(); left > 0; left--) {
        byte[] input = mutator.next(inputs);
        current.set(input);
        good += target.judge(input) ? 1 : 0;
      }
    }
    return good;
  }
}
