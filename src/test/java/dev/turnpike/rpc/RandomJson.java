package dev.turnpike.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Random documents, in all the ways that JSON may be written, and random damage to them. */
final class RandomJson {
  static final List<String> NAMES =
      List.of("a", "b", "é", "\ud83d\ude00", "", "x\"y", "longer than eight bytes", "\\", "aa");

  private static final List<String> NUMBERS =
      List.of("0", "-0", "1", "-17", "0.5", "1e9", "1E+2", "2e-30", "123456789012345678901234567");

  private static final String UNITS =
      "abz0189 \"\\/\b\f\n\r\t\0\u001f\u007f\u0080\u07ff\u0800\ud7ff\ue000\ufeff\uffff";

  private final SplittableRandom random;

  RandomJson(SplittableRandom random) {
    this.random = random;
  }

  /** A valid document, unless by rare chance of a repeated name or half a surrogate pair. */
  String document() {
    StringBuilder out = new StringBuilder();
    space(out);
    if (random.nextInt(8) == 0) {
      value(out, 4);
    } else {
      object(out, 0);
    }
    space(out);
    return out.toString();
  }

  /** One to three small changes of bytes. */
  byte[] damaged(byte[] bytes) {
    byte[] out = bytes.clone();
    for (int i = random.nextInt(1, 4); i > 0 && out.length > 0; i--) {
      out = damagedOnce(out);
    }
    return out;
  }

  private byte[] damagedOnce(byte[] bytes) {
    int at = random.nextInt(bytes.length);
    byte[] likely = "{}[]\",:\\u0d8-+.eE tfn\u0000\u001f".getBytes(UTF_8);
    byte other =
        random.nextBoolean() ? likely[random.nextInt(likely.length)] : (byte) random.nextInt(256);
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> {
        byte[] out = bytes.clone();
        out[at] = other;
        yield out;
      }
      case 2 -> joined(bytes, at, at + 1, new byte[0]);
      case 3 -> joined(bytes, at, at, new byte[] {other});
      default -> {
        int to = random.nextInt(at, bytes.length);
        yield joined(bytes, at, at, Arrays.copyOfRange(bytes, at, to));
      }
    };
  }

  private static byte[] joined(byte[] bytes, int from, int to, byte[] between) {
    byte[] out = Arrays.copyOf(bytes, bytes.length - (to - from) + between.length);
    System.arraycopy(between, 0, out, from, between.length);
    System.arraycopy(bytes, to, out, from + between.length, bytes.length - to);
    return out;
  }

  private void value(StringBuilder out, int depth) {
    int kind = random.nextInt(depth > 4 ? 5 : 8);
    switch (kind) {
      case 0 -> out.append(NUMBERS.get(random.nextInt(NUMBERS.size())));
      case 1 -> out.append(List.of("true", "false", "null").get(random.nextInt(3)));
      case 2, 3, 4 -> string(out, text());
      case 5 -> array(out, depth);
      default -> object(out, depth);
    }
  }

  private void array(StringBuilder out, int depth) {
    out.append('[');
    space(out);
    for (int left = random.nextInt(4); left > 0; left--) {
      value(out, depth + 1);
      space(out);
      out.append(left > 1 ? "," : "");
      space(out);
    }
    out.append(']');
  }

  private void object(StringBuilder out, int depth) {
    List<String> names = new ArrayList<>(NAMES);
    if (random.nextInt(10) == 0) {
      // Over the number from which the scanner tells names apart in another way.
      for (int i = 0; i < 14; i++) {
        names.add("k" + i);
      }
    }
    Collections.shuffle(names, new Random(random.nextLong()));
    int size = names.size() > 9 ? names.size() : random.nextInt(5);
    List<String> taken = new ArrayList<>(names.subList(0, size));
    if (size > 1 && random.nextInt(40) == 0) {
      taken.set(size - 1, taken.get(random.nextInt(size - 1)));
    }
    out.append('{');
    space(out);
    for (int i = 0; i < size; i++) {
      string(out, taken.get(i));
      space(out);
      out.append(':');
      space(out);
      value(out, depth + 1);
      space(out);
      out.append(i < size - 1 ? "," : "");
      space(out);
    }
    out.append('}');
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(20); left > 0; left--) {
      int kind = random.nextInt(20);
      if (kind == 0) {
        text.appendCodePoint(random.nextInt(0x10000, 0x110000));
      } else {
        text.append(UNITS.charAt(random.nextInt(UNITS.length())));
      }
    }
    if (random.nextInt(60) == 0) {
      text.append((char) random.nextInt(0xd800, 0xe000));
    }
    return text.toString();
  }

  private void string(StringBuilder out, String text) {
    out.append('"');
    boolean escapes = random.nextInt(4) == 0;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      boolean must = unit < ' ' || unit == '"' || unit == '\\';
      boolean half =
          Character.isSurrogate(unit)
              && text.codePoints().anyMatch(c -> c >= 0xd800 && c <= 0xdfff);
      int letter = "\"\\/\b\f\n\r\t".indexOf(unit);
      if (letter >= 0 && (must || escapes) && random.nextBoolean()) {
        out.append('\\').append("\"\\/bfnrt".charAt(letter));
      } else if (must || half || escapes) {
        out.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) unit));
      } else {
        out.append(unit);
      }
    }
    out.append('"');
  }

  private void space(StringBuilder out) {
    if (random.nextInt(4) == 0) {
      out.append(" \t\r\n".charAt(random.nextInt(4)));
    }
  }
}
