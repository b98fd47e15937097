package dev.turnpike.rpc;

import dev.turnpike.rpc.MalformedJson.Reason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the ends of strings (RFC 8259 section 7) and checks all that is in them: escapes, control
 * characters, UTF-8 (RFC 3629 section 4). Positions are those of the array.
 */
public final class Strings {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private Strings() {}

  /**
   * The position after the closing quote; its complement ({@code ~}) when the string has escapes.
   *
   * @param open the opening quote
   * @param limit where the document ends
   * @param halves whether an escape of half a surrogate pair may pass
   */
  static int end(byte[] bytes, int open, int limit, boolean halves) throws MalformedJson {
    int at = open + 1;
    boolean escaped = false;
    while (true) {
      at = plain(bytes, at, limit);
      if (at == limit) {
        throw new MalformedJson(Reason.TRUNCATED, at);
      }
      byte found = bytes[at];
      if (found == '"') {
        return escaped ? ~(at + 1) : at + 1;
      } else if (found == '\\') {
        escaped = true;
        at = escape(bytes, at, limit, halves);
      } else if (found < 0) {
        do {
          at = character(bytes, at, limit);
        } while (at < limit && bytes[at] < 0);
      } else {
        throw new MalformedJson(Reason.SYNTAX, at);
      }
    }
  }

  /** The next quote, backslash, control character or byte over 0x7f; the limit if there is none. */
  private static int plain(byte[] bytes, int from, int limit) {
    int at = from;
    while (at <= limit - Long.BYTES) {
      long word = (long) EIGHT.get(bytes, at);
      long quotes = word ^ (ONES * '"');
      long backslashes = word ^ (ONES * '\\');
      // A borrow spoils only bytes above the first hit, and the first is all that is looked at.
      long hits =
          (((quotes - ONES) & ~quotes)
                  | ((backslashes - ONES) & ~backslashes)
                  | ((word - ONES * ' ') & ~word)
                  | word)
              & HIGHS;
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < limit && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    return at;
  }

  /**
   * The position of the next quote or backslash, whatever it belongs to; the limit if there is
   * none. Looks at nothing else.
   */
  public static int delimiter(byte[] bytes, int from, int limit) {
    int at = from;
    while (at <= limit - Long.BYTES) {
      long word = (long) EIGHT.get(bytes, at);
      long quotes = word ^ (ONES * '"');
      long backslashes = word ^ (ONES * '\\');
      long hits = (((quotes - ONES) & ~quotes) | ((backslashes - ONES) & ~backslashes)) & HIGHS;
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < limit && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    return at;
  }

  private static int escape(byte[] bytes, int at, int limit, boolean halves) throws MalformedJson {
    if (at + 1 == limit) {
      throw new MalformedJson(Reason.TRUNCATED, limit);
    }
    return switch (bytes[at + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 2;
      case 'u' -> unicode(bytes, at, limit, halves);
      default -> throw new MalformedJson(Reason.SYNTAX, at + 1);
    };
  }

  private static int unicode(byte[] bytes, int at, int limit, boolean halves) throws MalformedJson {
    char unit = unit(bytes, at, limit);
    int after = at + 6;
    if (!Character.isSurrogate(unit)) {
      return after;
    }
    if (Character.isHighSurrogate(unit) && after < limit && bytes[after] == '\\') {
      if (after + 1 < limit && bytes[after + 1] == 'u') {
        if (Character.isLowSurrogate(unit(bytes, after, limit))) {
          return after + 6;
        }
      }
    }
    if (!halves) {
      throw new MalformedJson(Reason.LONE_SURROGATE, at);
    }
    return after;
  }

  /** The code unit of the escape at this backslash, which a {@code u} follows. */
  private static char unit(byte[] bytes, int backslash, int limit) throws MalformedJson {
    int unit = 0;
    for (int at = backslash + 2; at < backslash + 6; at++) {
      if (at == limit) {
        throw new MalformedJson(Reason.TRUNCATED, at);
      }
      int digit = hex(bytes[at]);
      if (digit < 0) {
        throw new MalformedJson(Reason.SYNTAX, at);
      }
      unit = unit << 4 | digit;
    }
    return (char) unit;
  }

  /** Negative unless the byte is a hexadecimal digit. */
  static int hex(byte digit) {
    if (digit >= '0' && digit <= '9') {
      return digit - '0';
    }
    int lower = digit | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  /** The position after the character whose first byte, over 0x7f, is here. */
  private static int character(byte[] bytes, int at, int limit) throws MalformedJson {
    int lead = bytes[at] & 0xff;
    if (lead < 0xc2 || lead > 0xf4) {
      throw new MalformedJson(Reason.BAD_UTF8, at);
    }
    // Only the second byte can make it an overlong form, a surrogate or over U+10FFFF.
    int low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    int length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    for (int i = at + 1; i < at + length; i++) {
      if (i == limit) {
        throw new MalformedJson(Reason.TRUNCATED, i);
      }
      int next = bytes[i] & 0xff;
      if (next < low || next > high) {
        throw new MalformedJson(Reason.BAD_UTF8, i);
      }
      low = 0x80;
      high = 0xbf;
    }
    return at + length;
  }
}
