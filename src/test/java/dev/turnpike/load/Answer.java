package dev.turnpike.load;

import java.nio.charset.StandardCharsets;

/**
 * Reads one HTTP/1.1 answer from the front of a growing buffer, as cheaply as can be: the generator
 * shares the machine with what it measures. It trusts its peer about everything but where the
 * answer ends. {@link #clear} makes it ready for the next.
 */
final class Answer {
  private static final int UNKNOWN = -1;
  private static final int CHUNKED = -2;

  private int headEnd = UNKNOWN;
  private int framing = UNKNOWN;
  private int bodyBytes;

  /** How many bytes the whole answer has, head and framing included; -1 while more must come. */
  int whole(byte[] bytes, int filled) {
    if (headEnd == UNKNOWN && !readHead(bytes, filled)) {
      return -1;
    }
    if (framing == CHUNKED) {
      return chunks(bytes, filled);
    }
    bodyBytes = framing;
    return filled >= headEnd + framing ? headEnd + framing : -1;
  }

  /** The status code of an answer whose head is whole. */
  static int status(byte[] bytes) {
    return (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + (bytes[11] - '0');
  }

  /** Bytes of the body without its framing, once {@link #whole} has found the end. */
  int bodyBytes() {
    return bodyBytes;
  }

  /** Where the body begins, once {@link #whole} has found the end of the head. */
  int bodyStart() {
    return headEnd;
  }

  void clear() {
    headEnd = UNKNOWN;
    framing = UNKNOWN;
    bodyBytes = 0;
  }

  private boolean readHead(byte[] bytes, int filled) {
    int found = UNKNOWN;
    int line = 0;
    for (int at = 0; at + 1 < filled; at++) {
      if (bytes[at] != '\r' || bytes[at + 1] != '\n') {
        continue;
      }
      if (at == line) {
        headEnd = at + 2;
        framing = found == UNKNOWN && hasNoBody(status(bytes)) ? 0 : found;
        if (framing == UNKNOWN) {
          throw new IllegalStateException("an answer without length or chunks");
        }
        return true;
      }
      if (startsWith(bytes, line, at, "content-length:")) {
        found = number(bytes, line + "content-length:".length(), at, 10);
      } else if (startsWith(bytes, line, at, "transfer-encoding:")) {
        found = CHUNKED;
      }
      line = at + 2;
      at++;
    }
    return false;
  }

  private int chunks(byte[] bytes, int filled) {
    int at = headEnd;
    int body = 0;
    while (true) {
      int end = lineEnd(bytes, at, filled);
      if (end < 0) {
        return -1;
      }
      int size = number(bytes, at, end, 16);
      if (size == 0) {
        bodyBytes = body;
        return filled >= end + 4 ? end + 4 : -1;
      }
      body += size;
      at = end + 2 + size + 2;
      if (at > filled) {
        return -1;
      }
    }
  }

  private static int lineEnd(byte[] bytes, int from, int filled) {
    for (int at = from; at + 1 < filled; at++) {
      if (bytes[at] == '\r' && bytes[at + 1] == '\n') {
        return at;
      }
    }
    return -1;
  }

  private static boolean hasNoBody(int status) {
    return status == 204 || status == 304 || status == 202;
  }

  private static boolean startsWith(byte[] bytes, int from, int to, String lowerCaseName) {
    if (to - from < lowerCaseName.length() || (bytes[from] | 0x20) != lowerCaseName.charAt(0)) {
      return false;
    }
    String name = new String(bytes, from, lowerCaseName.length(), StandardCharsets.ISO_8859_1);
    return name.equalsIgnoreCase(lowerCaseName);
  }

  private static int number(byte[] bytes, int from, int to, int radix) {
    return Integer.parseInt(
        new String(bytes, from, to - from, StandardCharsets.ISO_8859_1).strip(), radix);
  }
}
