package dev.turnpike.observe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines from a thread of its own, all that wait with one write. Whoever has a line never
 * waits: one that finds {@value #WAITING} before it is lost, and how many were is told in a line as
 * soon as there is room. Lines of one thread stay in their order. Thread-safe.
 */
public final class LineWriter implements Consumer<String>, AutoCloseable {
  static final int WAITING = 65_536;

  private static final Duration LAST_WRITE = Duration.ofSeconds(1);
  private static final int CHUNK_BYTES = 64 * 1024;

  private final OutputStream out;
  private final long pauseNanos;
  private final LongFunction<String> loss;
  private final Queue<String> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicBoolean idle = new AtomicBoolean();
  private final ReentrantLock writing = new ReentrantLock();
  private final ByteArrayOutputStream chunk = new ByteArrayOutputStream(CHUNK_BYTES + 4096);
  private volatile boolean closed;
  private volatile @Nullable Thread writer;

  private LineWriter(OutputStream out, Duration pause, LongFunction<String> loss) {
    this.out = out;
    this.loss = loss;
    this.pauseNanos = pause.toNanos();
  }

  /**
   * Begins to write.
   *
   * @param pause after each write, in which lines gather; the most that a line is late
   * @param loss the line that tells how many were lost
   */
  public static LineWriter to(OutputStream out, Duration pause, LongFunction<String> loss) {
    LineWriter lines = new LineWriter(out, pause, loss);
    lines.writer = Thread.ofPlatform().daemon().name("turnpike-access").start(lines::run);
    return lines;
  }

  @Override
  public void accept(String line) {
    if (waiting.incrementAndGet() > WAITING) {
      waiting.decrementAndGet();
      lost.incrementAndGet();
      return;
    }
    queue.add(line);
    if (closed) {
      flush();
    } else if (idle.get() && idle.compareAndSet(true, false)) {
      LockSupport.unpark(writer);
    }
  }

  /**
   * Writes what waits, which takes a second at most. What comes later is still written, by whoever
   * brings it.
   */
  @Override
  public void close() {
    closed = true;
    Thread running = writer;
    if (running != null) {
      LockSupport.unpark(running);
      try {
        running.join(LAST_WRITE);
      } catch (InterruptedException hurried) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    while (!closed) {
      if (queue.isEmpty()) {
        idle.set(true);
        while (queue.isEmpty() && !closed) {
          LockSupport.park(this);
        }
        idle.set(false);
      }
      flush();
      if (!closed) {
        LockSupport.parkNanos(pauseNanos);
      }
    }
    flush();
  }

  // who finds another one writing goes on: that one looks again before it leaves
  private void flush() {
    while (!queue.isEmpty() && writing.tryLock()) {
      try {
        drain();
      } finally {
        writing.unlock();
      }
    }
  }

  private void drain() {
    String line = queue.poll();
    while (line != null) {
      waiting.decrementAndGet();
      add(line);
      if (chunk.size() >= CHUNK_BYTES) {
        write();
      }
      line = queue.poll();
    }
    long missing = lost.getAndSet(0);
    if (missing > 0) {
      add(loss.apply(missing));
    }
    write();
  }

  private void add(String line) {
    chunk.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
    chunk.write('\n');
  }

  private void write() {
    if (chunk.size() == 0) {
      return;
    }
    try {
      chunk.writeTo(out);
      out.flush();
    } catch (IOException gone) {
      // there is nobody to tell: where this writes to is where we would tell it
    }
    chunk.reset();
  }
}
