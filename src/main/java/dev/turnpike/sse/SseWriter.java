package dev.turnpike.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.turnpike.rpc.Payload;

public final class SseWriter {
  /**
   * A comment, which readers skip: keeps proxies on the way from closing a quiet stream. Never
   * write to it.
   */
  @SuppressWarnings("MutablePublicArray")
  public static final byte[] COMMENT = ": \n\n".getBytes(UTF_8);

  private SseWriter() {}

  public static byte[] event(String id, Payload data) {
    throw new UnsupportedOperationException();
  }

  public static byte[] prime(String id, long retryMillis) {
    throw new UnsupportedOperationException();
  }
}
