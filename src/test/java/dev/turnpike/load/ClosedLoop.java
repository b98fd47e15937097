package dev.turnpike.load;

import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Asks for the most: every connection sends its next call as soon as it has the answer to the last.
 * One thread, the caller's. Says nothing about latency: a stall of the server stalls the questions.
 */
final class ClosedLoop {
  private final int port;
  private final List<ToolCall> calls;

  /** One connection for each of the calls. */
  ClosedLoop(int port, List<ToolCall> calls) {
    this.port = port;
    this.calls = List.copyOf(calls);
  }

  /**
   * Drives for {@code lead} uncounted, then for {@code window} counted; {@code cost} is read at
   * both ends of the window.
   */
  Sample run(Duration lead, Duration window, Supplier<Cost> cost) throws IOException {
    List<Wire> wires = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (ToolCall call : calls) {
        wires.add(new Wire(port, selector, call, ToolCall.FIRST_ID + wires.size() * 1_000_000));
      }
      for (Wire wire : wires) {
        wire.send(0);
      }
      new Turn(selector).until(System.nanoTime() + lead.toNanos());
      Cost before = cost.get();
      long start = System.nanoTime();
      Turn counted = new Turn(selector);
      counted.until(start + window.toNanos());
      Duration lasted = Duration.ofNanos(System.nanoTime() - start);
      return new Sample(counted.calls, counted.bad, lasted, cost.get().minus(before));
    } finally {
      wires.forEach(Wire::close);
    }
  }

  /** A stretch of the loop, and what it counted. */
  private static final class Turn {
    private final Selector selector;
    private long calls;
    private long bad;

    Turn(Selector selector) {
      this.selector = selector;
    }

    void until(long endNanos) throws IOException {
      while (System.nanoTime() - endNanos < 0) {
        selector.select(
            key -> {
              try {
                answered((Wire) key.attachment());
              } catch (IOException broken) {
                key.cancel();
                bad++;
              }
            },
            100);
        if (selector.keys().isEmpty()) {
          throw new IOException("every connection was lost");
        }
      }
    }

    private void answered(Wire wire) throws IOException {
      if (wire.receive()) {
        calls++;
        if (!wire.finish()) {
          bad++;
          if (bad == 1) {
            System.err.println("not the answer asked for: " + wire.lastBad());
          }
        }
        wire.send(0);
      }
    }
  }
}
