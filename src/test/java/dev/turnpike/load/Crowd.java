package dev.turnpike.load;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Far more connections than the machine can serve, each of which asks again as soon as it has an
 * answer, whatever it was. One thread, the caller's.
 *
 * @param connections that asked
 * @param served good answers in a second
 * @param shed other answers in a second
 * @param p99Millis of good answers, from when the call was sent
 */
record Crowd(int connections, double served, double shed, double p99Millis) {
  private static final long HIGHEST_NANOS = 60_000_000_000L;

  /**
   * @param calls one connection for each
   */
  static Crowd run(int port, List<ToolCall> calls, Duration lead, Duration window)
      throws IOException {
    List<Wire> wires = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (ToolCall call : calls) {
        wires.add(new Wire(port, selector, call, ToolCall.FIRST_ID + wires.size() * 100_000));
      }
      for (Wire wire : wires) {
        wire.send(System.nanoTime());
      }
      new Turn(selector).until(System.nanoTime() + lead.toNanos());
      long start = System.nanoTime();
      Turn counted = new Turn(selector);
      counted.until(start + window.toNanos());
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Crowd(
          wires.size(),
          counted.latency.getTotalCount() / seconds,
          counted.shed / seconds,
          counted.latency.getValueAtPercentile(99) / 1e6);
    } finally {
      wires.forEach(Wire::close);
    }
  }

  /** A stretch of asking, and what it counted. */
  private static final class Turn {
    private final Selector selector;
    private final Histogram latency = new Histogram(HIGHEST_NANOS, 3);
    private long shed;

    Turn(Selector selector) {
      this.selector = selector;
    }

    void until(long endNanos) throws IOException {
      while (System.nanoTime() - endNanos < 0) {
        selector.select(10);
        for (SelectionKey key : selector.selectedKeys()) {
          answered((Wire) key.attachment());
        }
        selector.selectedKeys().clear();
      }
    }

    private void answered(Wire wire) throws IOException {
      if (!wire.receive()) {
        return;
      }
      long now = System.nanoTime();
      if (wire.finish()) {
        latency.recordValue(Math.min(HIGHEST_NANOS, now - wire.intendedNanos));
      } else {
        shed++;
      }
      wire.send(now);
    }
  }
}
