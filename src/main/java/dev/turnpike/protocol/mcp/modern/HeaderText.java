package dev.turnpike.protocol.mcp.modern;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.Base64;
import java.util.Optional;

/**
 * Values of {@code Mcp-Name} and {@code Mcp-Param-*}: plain printable ASCII, or the base64 of the
 * UTF-8 between {@code =?base64?} and {@code ?=} (Streamable HTTP, "Value Encoding").
 */
final class HeaderText {
  private static final String OPEN = "=?base64?";
  private static final String CLOSE = "?=";

  private HeaderText() {}

  /** The text that the header field says; empty if it is not well encoded. */
  static Optional<String> decode(String field) {
    if (!looksEncoded(field)) {
      return plain(field) ? Optional.of(field) : Optional.empty();
    }
    String body = field.substring(OPEN.length(), field.length() - CLOSE.length());
    try {
      byte[] bytes = Base64.getDecoder().decode(body);
      // one text, one encoding: what decodes must encode to the same characters again
      if (!Base64.getEncoder().encodeToString(bytes).equals(body)) {
        return Optional.empty();
      }
      return Optional.of(
          UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString());
    } catch (IllegalArgumentException | CharacterCodingException _) {
      return Optional.empty();
    }
  }

  static String encode(String text) {
    return plain(text) && !looksEncoded(text)
        ? text
        : OPEN + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)) + CLOSE;
  }

  private static boolean looksEncoded(String field) {
    return field.length() >= OPEN.length() + CLOSE.length()
        && field.startsWith(OPEN)
        && field.endsWith(CLOSE);
  }

  private static boolean plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c > 0x7E) {
        return false;
      }
    }
    return text.isEmpty() || (text.charAt(0) != ' ' && text.charAt(text.length() - 1) != ' ');
  }
}
