package dev.turnpike.observe;

/**
 * Text from outside, made fit for one line of a log: bounded, and in printable ASCII whatever it
 * was, so that it can neither begin a line of its own nor talk to a terminal.
 */
final class Escaped {
  /** Of the original's characters; what is longer ends in three dots. */
  static final int LONGEST = 256;

  private static final String HEX = "0123456789abcdef";

  private Escaped() {}

  /** Appends the text as a string of JSON, with its quotes. */
  static void quoted(StringBuilder out, String text) {
    out.append('"');
    int end = Math.min(text.length(), LONGEST);
    for (int i = 0; i < end; i++) {
      char unit = text.charAt(i);
      if (unit == '"' || unit == '\\') {
        out.append('\\').append(unit);
      } else if (unit >= ' ' && unit <= '~') {
        out.append(unit);
      } else {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(HEX.charAt((unit >> shift) & 0xf));
        }
      }
    }
    if (end < text.length()) {
      out.append("...");
    }
    out.append('"');
  }

  /** Whether the text can stand in a line as it is, with nothing around it. */
  static boolean plain(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit <= ' ' || unit > '~' || unit == '"' || unit == '=' || unit == '\\') {
        return false;
      }
    }
    return true;
  }
}
