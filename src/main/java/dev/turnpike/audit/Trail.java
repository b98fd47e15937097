package dev.turnpike.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writes records from a thread of its own, in the order in which they come, and has the disk keep
 * them. Whoever has one never waits. While the disk takes none, {@value #WAITING} wait; what comes
 * then is counted, and the number is written once there is room. Thread-safe.
 */
public final class Trail implements AutoCloseable {
  static final int WAITING = 65_536;

  private static final long AGAIN_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int TOLD_AGAIN = 60;
  private static final Duration LAST_WRITE = Duration.ofSeconds(5);

  private final Path folder;
  private final long largest;
  private final TrailListener listener;
  private final InstantSource wall;
  private final Queue<Deed> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong lost = new AtomicLong();
  private final Thread thread;
  private @Nullable TrailWriter writer;
  private int attempts;
  private volatile boolean broken;
  private volatile boolean closed;

  /**
   * Opens the files, or begins the first, and then the thread. Where they cannot be written it is
   * broken, and goes on trying.
   *
   * @param largest bytes of a file after which the next one is begun
   */
  public Trail(Path folder, long largest, TrailListener listener, InstantSource wall) {
    this.folder = folder;
    this.largest = largest;
    this.listener = listener;
    this.wall = wall;
    write();
    this.thread = Thread.ofPlatform().daemon().name("turnpike-audit").start(this::run);
  }

  /** Takes a record; from any thread. */
  public void add(Deed deed) {
    if (waiting.incrementAndGet() > WAITING) {
      waiting.decrementAndGet();
      lost.incrementAndGet();
    } else {
      queue.add(deed);
    }
    // one that is broken tries again in its own time
    if (!broken) {
      LockSupport.unpark(thread);
    }
  }

  /** Whether records cannot be written now, or some were lost and that is not written yet. */
  public boolean broken() {
    return broken || lost.get() > 0;
  }

  /** Where its files are. */
  public Path folder() {
    return folder;
  }

  private void run() {
    while (!closed) {
      if (broken) {
        LockSupport.parkNanos(AGAIN_NANOS);
        write();
      } else if (queue.isEmpty() && lost.get() == 0) {
        LockSupport.park(this);
      } else {
        write();
      }
    }
    write();
    shut();
  }

  private void write() {
    try {
      TrailWriter open = writer;
      if (open == null) {
        open = TrailWriter.open(folder, largest);
        writer = open;
        if (open.missing() > 0) {
          listener.missing(open.missing());
          open.append(
              Deed.act(
                  wall.instant(), "records missing", "", "found", Long.toString(open.missing())));
        }
      }
      for (Deed next = queue.peek(); next != null; next = queue.peek()) {
        open.append(next);
        queue.remove();
        waiting.decrementAndGet();
      }
      long missing = lost.get();
      if (missing > 0) {
        open.append(Deed.act(wall.instant(), "records lost", "", "lost", Long.toString(missing)));
        lost.addAndGet(-missing);
      }
      open.sync();
      if (broken) {
        broken = false;
        listener.restored(missing);
      }
    } catch (IOException | RuntimeException | Error failure) {
      // whatever it was: without this thread nothing would be written any more
      shut();
      boolean first = !broken;
      broken = true;
      if (first || ++attempts % TOLD_AGAIN == 0) {
        listener.broken(failure.getClass().getSimpleName() + ": " + failure.getMessage());
      }
    }
  }

  private void shut() {
    TrailWriter open = writer;
    writer = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException _) {
        // what it could not keep was told when it was written
      }
    }
  }

  /** Writes what waits, for a few seconds at most. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(LAST_WRITE);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
