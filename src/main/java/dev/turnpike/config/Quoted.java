package dev.turnpike.config;

/** Puts what somebody wrote into a message: on one line, not too long, nothing invisible. */
final class Quoted {
  private static final int LONGEST = 60;

  private Quoted() {}

  static String of(String text) {
    return '"' + bare(text) + '"';
  }

  static String bare(String text) {
    String shown = visible(text, LONGEST);
    return text.codePointCount(0, text.length()) > LONGEST ? shown + '…' : shown;
  }

  /** A whole message on one line. */
  static String line(String message) {
    return visible(message, Integer.MAX_VALUE);
  }

  private static String visible(String text, int longest) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .limit(longest)
        .forEach(c -> {
          if (visible(c)) {
            out.appendCodePoint(c);
          } else {
            out.append("\\u{").append(Integer.toHexString(c)).append('}');
          }
        });
    return out.toString();
  }

  private static boolean visible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE ->
          false;
      default -> true;
    };
  }
}
