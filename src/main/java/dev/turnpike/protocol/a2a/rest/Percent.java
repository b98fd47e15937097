package dev.turnpike.protocol.a2a.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.regex.Pattern;

/** Percent-encoding (RFC 3986, section 2.1), once and strictly. */
final class Percent {
  private static final Pattern TRIPLET = Pattern.compile("%[0-9A-Fa-f]{2}");
  private static final String UNRESERVED = "-._~";

  /** What may stand in a segment, and in a query, without being encoded. */
  private static final String IN_SEGMENT = UNRESERVED + "!$&'()*+,;=:@";

  private static final String IN_QUERY = IN_SEGMENT + "/?";

  private Percent() {}

  static String segment(String raw) throws Unroutable {
    return decoded(raw, IN_SEGMENT, false);
  }

  /** A name or a value of a query, where a plus is a space. */
  static String query(String raw) throws Unroutable {
    return decoded(raw, IN_QUERY, true);
  }

  private static String decoded(String raw, String plain, boolean plus) throws Unroutable {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        if (!TRIPLET.matcher(raw).region(i, raw.length()).lookingAt()) {
          throw Unroutable.malformed(
              "the path or the query is not percent-encoded as it should be");
        }
        bytes.write(Integer.parseInt(raw, i + 1, i + 3, 16));
        i += 2;
      } else if (isLetterOrDigit(c) || plain.indexOf(c) >= 0) {
        bytes.write(plus && c == '+' ? ' ' : c);
      } else {
        throw Unroutable.malformed("the path or the query has characters that must be encoded");
      }
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    } catch (CharacterCodingException _) {
      throw Unroutable.malformed("the path or the query is not UTF-8");
    }
  }

  /** Whether a reader who decodes once more reads something else. */
  static boolean isEncoded(String text) {
    return TRIPLET.matcher(text).find();
  }

  /** All but what nobody reads as anything else. */
  static String encoded(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (byte b : text.getBytes(UTF_8)) {
      char c = (char) (b & 0xff);
      if (isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%')
            .append(Character.toUpperCase(Character.forDigit(b >> 4 & 0xf, 16)))
            .append(Character.toUpperCase(Character.forDigit(b & 0xf, 16)));
      }
    }
    return out.toString();
  }

  private static boolean isLetterOrDigit(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }
}
