package dev.turnpike.lane;

import dev.turnpike.exchange.Reply;
import dev.turnpike.rpc.Payload;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An event stream that an alpha writes. What the caller has not read waits here, up to a limit;
 * whoever does not heed {@link #full} is cut off at it.
 */
final class HandedSink implements Reply.EventSink {
  private static final long FULL_BYTES = 256 * 1024;
  private static final long MOST_BYTES = 8 * 1024 * 1024;
  // what an event takes besides its bytes
  private static final int OVERHEAD = 128;

  private record Waiting(Consumer<Reply.EventSink> action, long size) {}

  private final Crossing crossing;
  private final Runnable flooded;
  private final Runnable waits;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicReference<@Nullable Runnable> drained = new AtomicReference<>();
  private volatile boolean closed;
  // of the stable lane
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private Reply.@Nullable EventSink sink;
  private boolean awaited;

  HandedSink(Crossing crossing, Runnable flooded, Runnable waits) {
    this.waits = waits;
    this.crossing = crossing;
    this.flooded = flooded;
  }

  /** The real stream is there. In the stable lane. */
  void open(Reply.EventSink real) {
    sink = real;
  }

  private void say(long size, Consumer<Reply.EventSink> action) {
    if (bytes.addAndGet(size + OVERHEAD) > MOST_BYTES) {
      if (over.compareAndSet(false, true)) {
        crossing.toStable(flooded);
      }
      return;
    }
    crossing.toStable(() -> {
      waiting.add(new Waiting(action, size + OVERHEAD));
      flush();
    });
  }

  private void flush() {
    Reply.EventSink real = sink;
    while (real != null && !waiting.isEmpty()) {
      if (real.full() && !real.closed()) {
        if (!awaited) {
          awaited = true;
          real.onDrain(() -> {
            awaited = false;
            flush();
          });
        }
        return;
      }
      Waiting next = waiting.remove();
      next.action().accept(real);
      closed = real.closed();
      if (bytes.addAndGet(-next.size()) <= FULL_BYTES) {
        Runnable action = drained.getAndSet(null);
        if (action != null) {
          crossing.toWorker(action);
        }
      }
    }
  }

  @Override
  public void event(String id, Payload data) {
    say(data.size(), real -> real.event(id, data));
  }

  @Override
  public void named(String type, Payload data) {
    say(data.size(), real -> real.named(type, data));
  }

  @Override
  public void prime(String id, long retryMillis) {
    // who is told how to come back waits for something
    crossing.toStable(waits);
    say(0, real -> real.prime(id, retryMillis));
  }

  @Override
  public boolean full() {
    return bytes.get() > FULL_BYTES;
  }

  @Override
  public void onDrain(Runnable action) {
    drained.set(action);
    if (!full()) {
      Runnable still = drained.getAndSet(null);
      if (still != null) {
        crossing.toWorker(still);
      }
    }
  }

  @Override
  public void end() {
    say(0, Reply.EventSink::end);
  }

  @Override
  public void cut() {
    say(0, Reply.EventSink::cut);
  }

  @Override
  public boolean closed() {
    return closed || crossing.isRevoked();
  }
}
