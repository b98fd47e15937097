package dev.turnpike.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes inputs of inputs: bytes changed, runs repeated, moved and left out, words put in. */
final class Mutator {
  private static final int LONGEST = 8_192;

  private final SplittableRandom random;
  private final List<byte[]> words;

  Mutator(SplittableRandom random, List<String> words) {
    this.random = random;
    this.words = words.stream().map(word -> word.getBytes(ISO_8859_1)).toList();
  }

  /** One to six changes of one of these, of which there must be one at least. */
  byte[] next(List<byte[]> inputs) {
    byte[] out = one(inputs);
    for (int left = random.nextInt(1, 7); left > 0; left--) {
      out = changed(out, inputs);
    }
    return out.length > LONGEST ? Arrays.copyOf(out, LONGEST) : out;
  }

  private byte[] one(List<byte[]> of) {
    return of.get(random.nextInt(of.size()));
  }

  private byte[] changed(byte[] bytes, List<byte[]> inputs) {
    int at = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, at + random.nextInt(random.nextBoolean() ? 3 : 32));
    return switch (random.nextInt(9)) {
      case 0 -> replaced(bytes, at, to, new byte[0]);
      case 1, 2, 3 -> replaced(bytes, at, random.nextBoolean() ? at : to, one(words));
      case 4 -> replaced(bytes, at, at, Arrays.copyOfRange(bytes, at, to));
      case 5 -> replaced(bytes, at, Math.min(bytes.length, at + 1), anyByte());
      case 6 -> {
        byte[] other = one(inputs);
        int from = random.nextInt(other.length + 1);
        int end = Math.min(other.length, from + random.nextInt(64));
        yield replaced(bytes, at, to, Arrays.copyOfRange(other, from, end));
      }
      case 7 -> {
        int elsewhere = random.nextInt(bytes.length + 1);
        yield replaced(bytes, elsewhere, elsewhere, Arrays.copyOfRange(bytes, at, to));
      }
      default -> Arrays.copyOf(bytes, at);
    };
  }

  private byte[] anyByte() {
    return new byte[] {(byte) random.nextInt(256)};
  }

  private static byte[] replaced(byte[] bytes, int from, int to, byte[] between) {
    byte[] out = Arrays.copyOf(bytes, bytes.length - (to - from) + between.length);
    System.arraycopy(between, 0, out, from, between.length);
    System.arraycopy(bytes, to, out, from + between.length, bytes.length - to);
    return out;
  }
}
