package dev.turnpike.account;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Takes entries first: the system has them within moments, and the disk soon after, those together
 * that came while it was busy. Where it cannot be written, entries wait in memory, up to a limit.
 * Thread-safe.
 */
final class Journal implements AutoCloseable {
  private static final int MOST_WAITING = 200_000;
  // what is gathered before it is written: an answer is safe a few times this later
  private static final long GATHER_NANOS = 10_000_000;
  private static final long RETRY_MILLIS = 500;
  private static final int BATCH = 4_096;

  private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>(MOST_WAITING);
  private final AtomicLong lost = new AtomicLong();
  private final ReadWriteLock kept = new ReentrantReadWriteLock();
  private final JournalWriter writer;
  private final LedgerListener listener;
  private final Thread thread;
  private final Thread syncing;
  private final Semaphore dirty = new Semaphore(0);
  private volatile Position written;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean ending;
  private boolean broken;

  private Journal(JournalWriter writer, LedgerListener listener) {
    this.writer = writer;
    this.listener = listener;
    this.written = writer.position();
    this.thread = Thread.ofPlatform().name("ledger-journal").daemon().start(this::write);
    this.syncing = Thread.ofPlatform().name("ledger-sync").daemon().start(this::sync);
  }

  /**
   * Goes on where the files of the folder end. Blocks.
   *
   * @param fresh what to call the journal where it is new
   * @throws IOException where it cannot be written, or another process writes it
   */
  static Journal open(Path folder, String fresh, long segmentBytes, LedgerListener listener)
      throws IOException {
    return new Journal(JournalWriter.open(folder, fresh, segmentBytes), listener);
  }

  /** Its name, which no other journal has. */
  String name() {
    return writer.name();
  }

  Segments segments() {
    return writer.segments();
  }

  /** The place before which all is with the system. */
  Position written() {
    return written;
  }

  /** Entries that the system does not have yet. */
  int waiting() {
    return queue.size();
  }

  /** Reads what must not be forgotten meanwhile. */
  <T, E extends Exception> T reading(Reading<T, E> reading) throws E, IOException {
    kept.readLock().lock();
    try {
      return reading.read();
    } finally {
      kept.readLock().unlock();
    }
  }

  /** What is read. */
  @FunctionalInterface
  interface Reading<T, E extends Exception> {
    T read() throws E, IOException;
  }

  /** Removes the files before that one, unless somebody reads: then another time. */
  void forget(long segment) throws IOException {
    if (kept.writeLock().tryLock()) {
      try {
        segments().forget(segment);
      } finally {
        kept.writeLock().unlock();
      }
    }
  }

  /** Takes an entry. Never blocks. */
  void append(Entry entry) {
    if (!queue.offer(entry)) {
      lost.incrementAndGet();
    }
  }

  private void write() {
    List<Entry> batch = new ArrayList<>();
    while (!(ending && queue.isEmpty() && batch.isEmpty())) {
      try {
        writer.prepare();
        gather(batch);
        if (!batch.isEmpty()) {
          writer.append(batch);
          written = writer.position();
          dirty.release();
          batch.clear();
          restored();
        }
      } catch (IOException failure) {
        if (broken && ending) {
          // it was tried again, and nobody waits for ever
          lost.addAndGet(batch.size() + (long) queue.size());
          return;
        }
        failed(failure);
        pause();
      } catch (InterruptedException _) {
        // asked to end
      }
    }
  }

  private void sync() {
    boolean told = false;
    while (!ending) {
      try {
        dirty.acquire();
        dirty.drainPermits();
        writer.sync();
        told = false;
      } catch (IOException failure) {
        if (!told) {
          listener.unwritten(String.valueOf(failure.getMessage()));
        }
        told = true;
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private void gather(List<Entry> batch) throws InterruptedException {
    if (!batch.isEmpty()) {
      // what could not be written is tried again before more is taken
      return;
    }
    Entry first = queue.poll(100, TimeUnit.MILLISECONDS);
    if (first == null) {
      return;
    }
    batch.add(first);
    if (queue.size() < BATCH / 4) {
      // not for the next entry: under load that woke this thread for each, at a third of its cost
      ending |= ended.await(GATHER_NANOS, TimeUnit.NANOSECONDS);
    }
    queue.drainTo(batch, BATCH - 1);
  }

  private void pause() {
    try {
      boolean over = ended.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
      broken |= over;
    } catch (InterruptedException _) {
      // asked to end
    }
  }

  private void failed(IOException failure) {
    if (!broken) {
      broken = true;
      listener.unwritten(String.valueOf(failure.getMessage()));
    }
  }

  private void restored() {
    long missing = lost.getAndSet(0);
    if (broken || missing > 0) {
      broken = false;
      listener.written(missing);
    }
  }

  /** Writes what waits, and ends. Blocks for as long as that takes, at most ten seconds. */
  @Override
  public void close() {
    ending = true;
    ended.countDown();
    try {
      thread.join(10_000);
      // to interrupt it would close the file that it has the disk keep
      dirty.release();
      syncing.join(10_000);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    writer.close();
  }
}
