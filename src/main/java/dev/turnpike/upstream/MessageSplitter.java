package dev.turnpike.upstream;

import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.Strings;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts a body into its top-level JSON values, as they become whole. One value is the rule; some
 * servers write several, newline-delimited, under {@code application/json}. Validity is for the
 * scanner to judge: this only counts brackets outside strings.
 */
final class MessageSplitter {
  private final int limit;
  private final Consumer<Payload> sink;
  private byte[] pending = new byte[0];
  private int length;
  private int scanned;
  private int depth;
  private boolean inString;
  private boolean escaped;

  MessageSplitter(int limit, Consumer<Payload> sink) {
    this.limit = limit;
    this.sink = sink;
  }

  /**
   * Takes the bytes, which must not change afterwards.
   *
   * @throws UpstreamFailed when one value is longer than the limit
   */
  void feed(byte[] bytes) throws UpstreamFailed {
    if (length == 0) {
      pending = bytes;
      length = bytes.length;
    } else {
      append(bytes);
    }
    cut();
    bound(length);
  }

  private void bound(int size) throws UpstreamFailed {
    if (size > limit) {
      throw new UpstreamFailed(
          UpstreamFailed.Kind.UNREADABLE, "answered with more than " + limit + " bytes");
    }
  }

  /** What is left is a value too, whole or not. */
  void end() {
    if (length > 0 && !blank(0, length)) {
      sink.accept(Payload.of(pending).slice(0, length));
    }
    length = 0;
  }

  private void append(byte[] bytes) {
    if (length + bytes.length > pending.length) {
      byte[] grown = new byte[Math.max(pending.length * 2, length + bytes.length)];
      System.arraycopy(pending, 0, grown, 0, length);
      pending = grown;
    }
    System.arraycopy(bytes, 0, pending, length, bytes.length);
    length += bytes.length;
  }

  private void cut() throws UpstreamFailed {
    int start = 0;
    for (int i = scanned; i < length; i++) {
      if (inString) {
        i = inString(i);
        continue;
      }
      byte b = pending[i];
      if (b == '"') {
        inString = true;
      } else if (b == '{' || b == '[') {
        depth++;
      } else if ((b == '}' || b == ']') && --depth == 0) {
        bound(i + 1 - start);
        sink.accept(Payload.of(pending).slice(start, i + 1));
        start = i + 1;
      }
    }
    keepFrom(start);
  }

  /** The position of the quote that ends the string, or of the last byte there is. */
  private int inString(int from) {
    int i = from;
    if (escaped) {
      escaped = false;
      i++;
    }
    while (i < length) {
      i = Strings.delimiter(pending, i, length);
      if (i < length && pending[i] == '"') {
        inString = false;
        return i;
      }
      escaped = i == length - 1;
      i += 2;
    }
    return length - 1;
  }

  private void keepFrom(int start) {
    if (start > 0) {
      // what was handed out shares the old array, so the rest moves to a new one
      byte[] rest = blank(start, length) ? new byte[0] : Arrays.copyOfRange(pending, start, length);
      pending = rest;
      length = rest.length;
    }
    scanned = length;
  }

  private boolean blank(int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = pending[i];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return true;
  }
}
