package dev.turnpike.sse;

import dev.turnpike.rpc.Payload;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads JSON documents that stand one a line, as they arrive, in pieces of any size. A line ends
 * with LF, or CR and LF; lines of nothing but white space are skipped. What a line holds is not
 * looked at. For one thread at a time.
 */
public final class LineReader {
  private final LineSplitter lines;
  private final Consumer<Payload> sink;

  /**
   * A reader at the start of a stream.
   *
   * @param maxLineBytes bound of one line
   */
  public LineReader(int maxLineBytes, Consumer<Payload> sink) {
    this.lines = new LineSplitter(maxLineBytes, false, this::line);
    this.sink = sink;
  }

  /**
   * Takes the next bytes from {@code from} (inclusive) to {@code to} (exclusive), and keeps no
   * reference to the array.
   *
   * @throws SseTooLarge once a line passes the bound, and at every call from then on
   */
  public void feed(byte[] bytes, int from, int to) throws SseTooLarge {
    lines.feed(bytes, from, to);
  }

  /** The stream ended: a last line without an end counts. */
  public void end() {
    try {
      lines.finish();
    } catch (SseTooLarge impossible) {
      throw new AssertionError("what is held was within the bound", impossible);
    }
  }

  private void line(byte[] bytes, int start, int end) {
    int to = end;
    while (to > start && bytes[to - 1] <= ' ' && bytes[to - 1] >= 0) {
      to--;
    }
    if (to > start) {
      sink.accept(Payload.of(Arrays.copyOfRange(bytes, start, to)));
    }
  }
}
