package dev.turnpike.account;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Moves entries from a journal to a store, each once, on a thread of its own; tries again where the
 * store is away.
 */
final class Mover implements AutoCloseable {
  private static final int BATCH = 5_000;
  private static final long IDLE_MILLIS = 1_000;
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;
  private static final Duration BETWEEN_FORGETTING = Duration.ofHours(1);

  private final Journal journal;
  private final Store store;
  private final Duration rest;
  private final Duration kept;
  private final InstantSource wall;
  private final LedgerListener listener;
  private final Thread thread;
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean ending;
  private @Nullable Position at;
  private volatile Position moved = Position.BEGINNING;
  private boolean broken;
  private boolean tidy;
  private long pauseMillis = FIRST_PAUSE_MILLIS;
  private long forgotten;

  /**
   * @param rest how long the store is left alone at first
   * @param kept how long single entries are kept
   */
  Mover(
      Journal journal,
      Store store,
      Duration rest,
      Duration kept,
      InstantSource wall,
      LedgerListener listener) {
    this.journal = journal;
    this.store = store;
    this.rest = rest;
    this.kept = kept;
    this.wall = wall;
    this.listener = listener;
    this.thread = Thread.ofPlatform().name("ledger-mover").daemon().start(this::move);
  }

  private void move() {
    pause(rest.toMillis());
    while (true) {
      try {
        boolean more = step();
        restored();
        if (!more) {
          if (ending) {
            return;
          }
          pause(IDLE_MILLIS);
        }
      } catch (Store.Unavailable | IOException | RuntimeException failure) {
        if (ending) {
          return;
        }
        // nobody knows what was done, or was lost by a database that came back: it is asked
        at = null;
        failed(failure);
        pause(pauseMillis);
        pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis);
      }
    }
  }

  /** Moves a batch; false where there was none. */
  private boolean step() throws Store.Unavailable, IOException {
    Position from = at;
    if (from == null) {
      from = store.position(journal.name());
      at = from;
      moved = from;
    }
    Segments.Part part = journal.segments().read(from, journal.written(), BATCH);
    if (!part.entries().isEmpty()) {
      store.put(journal.name(), moved, part.entries(), part.next());
      at = part.next();
      moved = part.next();
      if (part.next().segment() > from.segment() || !tidy) {
        tidy = false;
        store.secure();
        journal.forget(part.next().segment());
        tidy = true;
      }
    } else {
      at = part.next();
    }
    forget();
    return part.entries().size() == BATCH;
  }

  /** The place before which all is in the store, as far as that is known. */
  Position moved() {
    return moved;
  }

  private void forget() throws Store.Unavailable {
    long now = wall.millis();
    if (now - forgotten > BETWEEN_FORGETTING.toMillis()) {
      forgotten = now;
      store.forget(now - kept.toMillis());
    }
  }

  private void failed(Exception failure) {
    if (!broken) {
      broken = true;
      listener.unmoved(String.valueOf(failure.getMessage()));
    }
  }

  private void restored() {
    pauseMillis = FIRST_PAUSE_MILLIS;
    if (broken) {
      broken = false;
      listener.moved();
    }
  }

  private void pause(long millis) {
    try {
      ending = ended.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      // asked to end
    }
  }

  /** Moves what is written, if the store is there, and ends. Blocks for five seconds at most. */
  @Override
  public void close() {
    ended.countDown();
    try {
      thread.join(5_000);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
