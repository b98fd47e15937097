package dev.turnpike.upstream.program;

import dev.turnpike.exchange.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The standard error of a program: always read to the end, so that it never blocks, and told within
 * bounds.
 */
final class Complaints {
  private static final int LONGEST_LINE = 1_000;
  private static final int MOST_LINES = 50;
  private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

  private final String upstream;
  private final long pid;
  private final ProgramListener listener;
  private final Ticker ticker;
  private long windowNanos;
  private int told;
  private long untold;

  Complaints(String upstream, long pid, ProgramListener listener, Ticker ticker) {
    this.upstream = upstream;
    this.pid = pid;
    this.listener = listener;
    this.ticker = ticker;
    this.windowNanos = ticker.nanos();
  }

  /** Reads to the end. Blocks. */
  void read(InputStream errors) {
    try {
      new Lines(LONGEST_LINE, (bytes, whole) -> line(bytes, whole)).read(errors);
    } catch (IOException _) {
      // the program is gone
    }
    tellUntold();
  }

  private void line(byte[] bytes, boolean whole) {
    long now = ticker.nanos();
    if (now - windowNanos > WINDOW_NANOS) {
      tellUntold();
      windowNanos = now;
      told = 0;
    }
    if (bytes.length == 0) {
      return;
    }
    if (told == MOST_LINES) {
      untold++;
      return;
    }
    told++;
    String text = new String(bytes, StandardCharsets.UTF_8);
    listener.said(upstream, pid, whole ? text : text + "...");
  }

  private void tellUntold() {
    if (untold > 0) {
      listener.unsaid(upstream, pid, untold);
      untold = 0;
    }
  }
}
