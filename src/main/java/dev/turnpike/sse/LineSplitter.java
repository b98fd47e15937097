package dev.turnpike.sse;

import java.io.ByteArrayOutputStream;

/**
 * Cuts a stream of bytes into lines. A line that arrives in one piece is not copied; of one that
 * does not, no more than the bound is held.
 */
final class LineSplitter {
  private final int maxLineBytes;
  private final boolean loneCr;
  private final Lines lines;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private boolean afterCr;
  private boolean failed;

  /** Takes a line without its end; the bytes are lent for the call. */
  @FunctionalInterface
  interface Lines {
    void line(byte[] bytes, int start, int end) throws SseTooLarge;
  }

  /**
   * A splitter at the start of a stream.
   *
   * @param loneCr whether a CR ends a line too, alone or with the LF behind it
   */
  LineSplitter(int maxLineBytes, boolean loneCr, Lines lines) {
    this.maxLineBytes = maxLineBytes;
    this.loneCr = loneCr;
    this.lines = lines;
  }

  void feed(byte[] bytes, int from, int to) throws SseTooLarge {
    if (failed) {
      throw new SseTooLarge(maxLineBytes);
    }
    try {
      split(bytes, from, to);
    } catch (SseTooLarge tooLarge) {
      failed = true;
      begun.reset();
      throw tooLarge;
    }
  }

  private void split(byte[] bytes, int from, int to) throws SseTooLarge {
    int start = from;
    for (int at = from; at < to; at++) {
      byte here = bytes[at];
      if (here == '\n' && afterCr) {
        // The second half of a CRLF, whose CR ended the line.
        start = at + 1;
      } else if (here == '\n' || here == '\r' && loneCr) {
        line(bytes, start, at);
        start = at + 1;
      }
      afterCr = here == '\r' && loneCr;
    }
    hold(bytes, start, to);
  }

  /** Hands over what stands after the last end of a line, if anything does. */
  void finish() throws SseTooLarge {
    if (begun.size() > 0) {
      line(new byte[0], 0, 0);
    }
  }

  void drop() {
    begun.reset();
  }

  private void line(byte[] bytes, int start, int end) throws SseTooLarge {
    if (begun.size() == 0) {
      check(end - start);
      lines.line(bytes, start, end);
      return;
    }
    hold(bytes, start, end);
    byte[] whole = begun.toByteArray();
    begun.reset();
    lines.line(whole, 0, whole.length);
  }

  private void hold(byte[] bytes, int start, int end) throws SseTooLarge {
    check((long) begun.size() + end - start);
    begun.write(bytes, start, end - start);
  }

  private void check(long size) throws SseTooLarge {
    if (size > maxLineBytes) {
      throw new SseTooLarge(maxLineBytes);
    }
  }
}
