package dev.turnpike.accept;

import dev.turnpike.rpc.Payload;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/**
 * Collects a body as it comes, up to its limit. One chunk, which is the rule, is not copied twice.
 */
final class BodyReader {
  private final int limit;
  private byte[] bytes = new byte[0];
  private int length;

  BodyReader(int limit) {
    this.limit = limit;
  }

  /** False when the body is too large; nothing is kept of it then. */
  boolean take(Buffer chunk) {
    int size = chunk.length();
    if (size > limit - length) {
      bytes = new byte[0];
      length = 0;
      return false;
    }
    if (length == 0) {
      bytes = chunk.getBytes();
    } else {
      if (length + size > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(2 * bytes.length, length + size)));
      }
      chunk.getBytes(bytes, length);
    }
    length += size;
    return true;
  }

  Payload whole() {
    return Payload.of(bytes).slice(0, length);
  }
}
