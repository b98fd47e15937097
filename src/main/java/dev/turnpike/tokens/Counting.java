package dev.turnpike.tokens;

import dev.turnpike.exchange.Ticker;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Counts exactly, on a thread of its own, as long as that takes no more than a share of the time.
 * Thread-safe.
 */
public final class Counting implements AutoCloseable {
  private static final int WAITING = 64;
  private static final int LARGEST = 64 * 1024;
  // what may be spent at once after a while of rest
  private static final long MOST_NANOS = 50_000_000;

  private final Tokenizer tokenizer;
  private final double share;
  private final Ticker ticker;
  private final ThreadPoolExecutor thread;
  private long credit = MOST_NANOS;
  private long at;

  /**
   * @param share of the time of one core, from 0 (never) to 1
   */
  public Counting(Tokenizer tokenizer, double share, Ticker ticker) {
    this.tokenizer = tokenizer;
    this.share = share;
    this.ticker = ticker;
    this.at = ticker.nanos();
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("tokens-", 0).factory());
    thread.allowCoreThreadTimeOut(true);
  }

  /**
   * The tokens of each of them. Empty where there is no time for it now, or they are too large.
   * Completes on another thread.
   */
  Optional<CompletableFuture<List<Long>>> of(List<Piece> pieces) {
    if (pieces.stream().mapToLong(Piece::size).sum() > LARGEST || !hasTime()) {
      return Optional.empty();
    }
    try {
      return Optional.of(CompletableFuture.supplyAsync(() -> counted(pieces), thread));
    } catch (RejectedExecutionException busyOrClosed) {
      return Optional.empty();
    }
  }

  private List<Long> counted(List<Piece> pieces) {
    long began = ticker.nanos();
    try {
      return pieces.stream().map(piece -> tokenizer.count(piece.text())).toList();
    } finally {
      spent(ticker.nanos() - began);
    }
  }

  private synchronized boolean hasTime() {
    long now = ticker.nanos();
    credit = Math.min(MOST_NANOS, credit + (long) ((now - at) * share));
    at = now;
    return share > 0 && credit > 0;
  }

  private synchronized void spent(long nanos) {
    credit -= nanos;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
