package dev.turnpike.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Bytes cut as a network may cut them. */
final class Pieces {
  private Pieces() {}

  /** Chance that depends on the input only. */
  static SplittableRandom chance(byte[] input) {
    return new SplittableRandom(Arrays.hashCode(input));
  }

  /** All of it, in pieces of which some are empty. */
  static List<byte[]> of(byte[] bytes, SplittableRandom random) {
    int longest = random.nextBoolean() ? 4 : 64;
    List<byte[]> pieces = new ArrayList<>();
    for (int from = 0; from < bytes.length; ) {
      int to = Math.min(bytes.length, from + random.nextInt(longest));
      pieces.add(Arrays.copyOfRange(bytes, from, to));
      from = to;
    }
    return pieces;
  }
}
