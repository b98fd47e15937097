package dev.turnpike.protocol.a2a.rest;

import java.util.Arrays;

/** Which ids can stand in a path such that every reader finds the same ones there. */
final class Ids {
  private Ids() {}

  /** Decoded once, as one segment. */
  static String read(String raw) throws Unroutable {
    String id = Percent.segment(raw);
    if (!fits(id)) {
      throw Unroutable.malformed("the path holds an id that readers would read differently");
    }
    return id;
  }

  /** Also what a reader who decodes once more, or resolves dots afterwards, leaves as it is. */
  static boolean fits(String id) {
    return !id.isEmpty()
        && !Percent.isEncoded(id)
        && id.codePoints().noneMatch(Ids::isAmiss)
        && Arrays.stream(id.split("/", -1)).noneMatch(Ids::isDots);
  }

  // control characters, what some take for a slash, and half a pair, which has no UTF-8 form
  private static boolean isAmiss(int c) {
    return c < ' ' || c == 0x7f || c == '\\' || (c >= 0xd800 && c <= 0xdfff);
  }

  private static boolean isDots(String piece) {
    return piece.equals(".") || piece.equals("..");
  }
}
