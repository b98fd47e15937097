package dev.turnpike.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Between strings of Java and strings of JSON (RFC 8259 section 7). */
public final class JsonText {
  private static final String HEX = "0123456789abcdef";

  private JsonText() {}

  /**
   * The text of a string that was scanned before. An escape of half a surrogate pair becomes that
   * half.
   *
   * @param quotedString with its quotes
   */
  public static String decode(Payload quotedString) {
    int size = quotedString.size();
    if (size < 2 || quotedString.at(0) != '"' || quotedString.at(size - 1) != '"') {
      throw new IllegalArgumentException("not a string of JSON");
    }
    int start = quotedString.offset();
    return decode(quotedString.array(), start + 1, start + size - 1);
  }

  /** The text of what stands between the quotes of a valid string. */
  static String decode(byte[] bytes, int start, int end) {
    int backslash = backslash(bytes, start, end);
    if (backslash == end) {
      return new String(bytes, start, end - start, UTF_8);
    }
    StringBuilder text = new StringBuilder(end - start);
    int from = start;
    while (backslash < end) {
      text.append(new String(bytes, from, backslash - from, UTF_8));
      if (bytes[backslash + 1] == 'u') {
        from = backslash + 6;
        text.append(unit(bytes, backslash + 2));
      } else {
        from = backslash + 2;
        text.append(shortForm(bytes[backslash + 1]));
      }
      backslash = backslash(bytes, from, end);
    }
    return text.append(new String(bytes, from, end - from, UTF_8)).toString();
  }

  /** A string of JSON with its quotes; escapes only what must be. */
  public static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2);
    quoteInto(out, text);
    return out.toString();
  }

  /** Appends what {@link #quote} gives. */
  public static void quoteInto(StringBuilder out, String text) {
    out.append('"');
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit >= ' ' && unit != '"' && unit != '\\' && !Character.isSurrogate(unit)) {
        continue;
      }
      if (Character.isHighSurrogate(unit)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        continue;
      }
      out.append(text, from, i);
      escapeInto(out, unit);
      from = i + 1;
    }
    // most have nothing to escape, and are copied at once: a part goes unit by unit
    if (from == 0) {
      out.append(text).append('"');
    } else {
      out.append(text, from, text.length()).append('"');
    }
  }

  private static void escapeInto(StringBuilder out, char unit) {
    switch (unit) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        // Half a surrogate pair has no UTF-8 form, so it too can only be written like this.
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(HEX.charAt(unit >> shift & 0xf));
        }
      }
    }
  }

  // there is no quote in between that no backslash stands before
  private static int backslash(byte[] bytes, int from, int end) {
    return Strings.delimiter(bytes, from, end);
  }

  private static char unit(byte[] bytes, int at) {
    int unit = 0;
    for (int i = at; i < at + 4; i++) {
      unit = unit << 4 | Strings.hex(bytes[i]);
    }
    return (char) unit;
  }

  private static char shortForm(byte letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> (char) letter;
    };
  }
}
