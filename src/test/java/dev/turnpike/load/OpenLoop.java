package dev.turnpike.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Sends at a fixed rate whatever the server does, and counts each latency from the moment at which
 * the call should have been sent: a stall is charged to every call that it delayed, sent or not.
 * Two threads: the caller's keeps the schedule and sends, another waits for answers.
 */
final class OpenLoop {
  /** Everything longer is recorded as this long. */
  private static final long HIGHEST_NANOS = 60_000_000_000L;

  /** How long after the last call answers are waited for. */
  private static final long GRACE_NANOS = 5_000_000_000L;

  private final List<Wire> wires = new ArrayList<>();
  private final Deque<Wire> idle = new ArrayDeque<>();
  private final Deque<Long> waiting = new ArrayDeque<>();
  private final Set<Wire> lost = new HashSet<>();
  private final Histogram latency = new Histogram(HIGHEST_NANOS, 3);
  private final Histogram lag = new Histogram(HIGHEST_NANOS, 3);
  private long countFrom;
  private long countTo;
  private long bad;
  private int inFlight;

  private OpenLoop() {}

  /**
   * @param calls one connection for each
   * @param perSecond calls in a second, evenly spaced
   */
  static Latency run(
      int port, List<ToolCall> calls, double perSecond, Duration lead, Duration window)
      throws IOException, InterruptedException {
    OpenLoop loop = new OpenLoop();
    try (Selector selector = Selector.open()) {
      for (ToolCall call : calls) {
        int firstId = ToolCall.FIRST_ID + loop.wires.size() * 1_000_000;
        loop.wires.add(new Wire(port, selector, call, firstId));
      }
      loop.idle.addAll(loop.wires);
      return loop.drive(selector, perSecond, lead, window);
    } finally {
      loop.wires.forEach(Wire::close);
    }
  }

  private Latency drive(Selector selector, double perSecond, Duration lead, Duration window)
      throws IOException, InterruptedException {
    long start = System.nanoTime() + 1_000_000;
    countFrom = start + lead.toNanos();
    countTo = countFrom + window.toNanos();
    Thread receiver = Thread.ofPlatform().name("answers").daemon().start(() -> receive(selector));
    long due = start;
    for (long call = 1; due - countTo < 0; call++) {
      awaitMoment(due);
      dispatch(due);
      due = start + (long) (call * 1e9 / perSecond);
    }
    settle();
    receiver.interrupt();
    receiver.join();
    return new Latency(latency, lag, bad, perSecond);
  }

  private static void awaitMoment(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private void dispatch(long due) throws IOException {
    Wire wire;
    synchronized (this) {
      inFlight++;
      wire = idle.poll();
      if (wire == null) {
        waiting.add(due);
        return;
      }
      if (counts(due)) {
        lag.recordValue(clamp(System.nanoTime() - due));
      }
    }
    wire.send(due);
  }

  private void receive(Selector selector) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        selector.select(this::answered, 100);
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }

  private void answered(SelectionKey key) {
    Wire wire = (Wire) key.attachment();
    try {
      if (!wire.receive()) {
        return;
      }
      long now = System.nanoTime();
      boolean good = wire.finish();
      Long next;
      synchronized (this) {
        record(wire.intendedNanos, now, good);
        next = waiting.poll();
        if (next == null) {
          idle.add(wire);
          return;
        }
      }
      wire.send(next);
    } catch (IOException broken) {
      key.cancel();
      synchronized (this) {
        lost.add(wire);
        record(wire.intendedNanos, System.nanoTime(), false);
      }
    }
  }

  /**
   * Waits for the calls still out; those that never come are recorded as long as they were waited
   * for.
   */
  private void settle() throws InterruptedException {
    long giveUp = System.nanoTime() + GRACE_NANOS;
    synchronized (this) {
      while (inFlight > 0 && System.nanoTime() - giveUp < 0) {
        wait(50);
      }
      long now = System.nanoTime();
      for (Long due : waiting) {
        record(due, now, false);
      }
      waiting.clear();
      for (Wire wire : wires) {
        if (!idle.contains(wire) && !lost.contains(wire)) {
          record(wire.intendedNanos, now, false);
        }
      }
    }
  }

  private void record(long intended, long now, boolean good) {
    inFlight--;
    if (counts(intended)) {
      latency.recordValue(clamp(now - intended));
      if (!good) {
        bad++;
      }
    }
    if (inFlight == 0) {
      notifyAll();
    }
  }

  private boolean counts(long intended) {
    return intended - countFrom >= 0 && intended - countTo < 0;
  }

  private static long clamp(long nanos) {
    return Math.max(0, Math.min(nanos, HIGHEST_NANOS));
  }
}
