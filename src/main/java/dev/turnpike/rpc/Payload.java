package dev.turnpike.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * A run of bytes that never changes: a body, or a part of one. A part shares the bytes of the
 * whole.
 */
public final class Payload {
  public static final Payload EMPTY = new Payload(new byte[0], 0, 0);

  private final byte[] bytes;
  private final int start;
  private final int end;

  private Payload(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
  }

  /** Wraps the array without a copy: the caller gives it away and must not write to it again. */
  public static Payload of(byte[] bytes) {
    return new Payload(bytes, 0, bytes.length);
  }

  public static Payload of(String text) {
    return of(text.getBytes(UTF_8));
  }

  /** The part from {@code from} (inclusive) to {@code to} (exclusive), counted from this start. */
  public Payload slice(int from, int to) {
    if (from < 0 || to < from || to > size()) {
      throw new IndexOutOfBoundsException(from + ".." + to + " of " + size());
    }
    return new Payload(bytes, start + from, start + to);
  }

  public Payload slice(Span span) {
    return slice(span.start(), span.end());
  }

  public int size() {
    return end - start;
  }

  public byte at(int index) {
    return bytes[start + index];
  }

  /** The array behind; read from {@link #offset} for {@link #size} bytes, and never write. */
  public byte[] array() {
    return bytes;
  }

  public int offset() {
    return start;
  }

  /** A copy of its own, exactly as long as this. */
  public byte[] copy() {
    return Arrays.copyOfRange(bytes, start, end);
  }

  public String text() {
    return new String(bytes, start, end - start, UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload that
        && Arrays.equals(bytes, start, end, that.bytes, that.start, that.end);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  /** The size only: a payload may hold what must not be logged. */
  @Override
  public String toString() {
    return "Payload[" + size() + " bytes]";
  }
}
