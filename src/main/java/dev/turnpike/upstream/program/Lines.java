package dev.turnpike.upstream.program;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts a stream into lines while it is read. For one thread. */
final class Lines {
  private static final int CHUNK = 16 * 1024;

  /** Takes a line without its end; longer ones are cut at the bound, and not whole. */
  @FunctionalInterface
  interface Sink {
    void line(byte[] bytes, boolean whole) throws IOException;
  }

  private final int bound;
  private final Sink sink;
  private byte[] begun = new byte[0];
  private int length;
  private boolean cut;

  /**
   * @param bound bytes of a line
   */
  Lines(int bound, Sink sink) {
    this.bound = bound;
    this.sink = sink;
  }

  /** Reads to the end of the stream, which a last line without an end is before. Blocks. */
  void read(InputStream in) throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      feed(chunk, n);
    }
    if (length > 0) {
      line();
    }
  }

  private void feed(byte[] chunk, int size) throws IOException {
    int start = 0;
    for (int i = 0; i < size; i++) {
      if (chunk[i] == '\n') {
        hold(chunk, start, i);
        line();
        start = i + 1;
      }
    }
    hold(chunk, start, size);
  }

  private void hold(byte[] chunk, int from, int to) throws IOException {
    int taken = Math.min(to - from, bound - length);
    if (length + taken > begun.length) {
      begun = Arrays.copyOf(begun, Math.min(bound, Math.max(length + taken, 2 * begun.length)));
    }
    System.arraycopy(chunk, from, begun, length, taken);
    length += taken;
    if (taken < to - from && !cut) {
      // told at once: the end of such a line may never come
      cut = true;
      sink.line(Arrays.copyOf(begun, length), false);
    }
  }

  private void line() throws IOException {
    int end = length > 0 && begun[length - 1] == '\r' ? length - 1 : length;
    byte[] whole = Arrays.copyOf(begun, end);
    boolean told = cut;
    length = 0;
    begun = new byte[0];
    cut = false;
    if (!told) {
      sink.line(whole, true);
    }
  }
}
