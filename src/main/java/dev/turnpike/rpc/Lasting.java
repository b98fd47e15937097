package dev.turnpike.rpc;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are sent to many. They are kept outside of the heap too, from when they are first
 * sent: a socket takes them from there without a copy, and the collector has nothing to do with
 * them. Thread-safe.
 */
public final class Lasting {
  private final Payload bytes;
  private volatile @Nullable ByteBuffer outside;

  public Lasting(Payload bytes) {
    this.bytes = bytes;
  }

  public Payload bytes() {
    return bytes;
  }

  /** A view of one's own of the bytes outside of the heap; nobody writes to it. */
  public ByteBuffer outside() {
    ByteBuffer kept = outside;
    if (kept == null) {
      kept = outside(bytes);
      outside = kept;
    }
    return kept.duplicate();
  }

  /** A copy outside of the heap. */
  public static ByteBuffer outside(Payload bytes) {
    return ByteBuffer.allocateDirect(bytes.size())
        .put(bytes.array(), bytes.offset(), bytes.size())
        .flip();
  }

  /** All of it in one piece, between these. */
  public Payload between(Payload before, Payload behind) {
    byte[] whole = new byte[before.size() + bytes.size() + behind.size()];
    int at = 0;
    for (Payload part : new Payload[] {before, bytes, behind}) {
      System.arraycopy(part.array(), part.offset(), whole, at, part.size());
      at += part.size();
    }
    return Payload.of(whole);
  }
}
