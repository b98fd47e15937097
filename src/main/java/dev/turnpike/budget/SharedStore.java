package dev.turnpike.budget;

import dev.turnpike.config.BudgetSpec.Window;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * The counters that all replicas share, kept by a server elsewhere, with its clock alone. Each
 * method is one call to it. Completes, or fails for whatever reason, on the thread that asked where
 * that is an event loop, and perhaps late. Thread-safe.
 */
public interface SharedStore {
  /**
   * Takes all needs or, where one that binds lacks something, none. What is told of shares is taken
   * down in either case.
   *
   * @param reservation names what exact needs take, until it is settled
   * @return where each counter stands then, in order
   */
  CompletionStage<List<Standing>> take(String reservation, List<Need> needs);

  /**
   * Ends a reservation; one that the store has not is counted as it stands.
   *
   * @param spent in the order of what was taken
   * @param again whether it may have been settled already: then one that the store has not is none
   */
  CompletionStage<?> settle(String reservation, List<Spent> spent, boolean again);

  /**
   * Says that this replica is alive, and settles for those that no longer are.
   *
   * @return how many replicas are alive, this one included
   */
  CompletionStage<Integer> beat();

  /** Runs it after the time, on the thread that asks where that is an event loop. */
  void later(Duration after, Runnable action);

  /**
   * A counter.
   *
   * @param name of its budget and unit
   * @param key the value that is counted by
   */
  record Counter(String name, String key, Window window) {}

  /** What is needed of one counter. */
  sealed interface Need {
    Counter counter();

    long limit();

    /** Whether nothing is taken where it lacks. */
    boolean binding();

    /**
     * Needed for one call, which settles it.
     *
     * @param charge what of it stands if the replica is lost
     */
    record Exact(Counter counter, long limit, boolean binding, long amount, long charge)
        implements Need {}

    /**
     * Needed for a share that this replica holds.
     *
     * @param amount needed at once
     * @param ahead wanted besides, as far as there is enough for all
     */
    record Leased(Counter counter, long limit, boolean binding, Told told, long amount, long ahead)
        implements Need {}
  }

  /**
   * What a replica says of its share.
   *
   * @param serial grows with each word; an older one that comes late is not heard
   * @param used of the share, since it was begun
   * @param hand what is left of it, negative where more was used; absent where an answer of the
   *     store is under way that will change it
   * @param last whether the share ends with this
   */
  record Told(long serial, long used, OptionalLong hand, boolean last) {}

  /** What a call came to. */
  record Spent(Counter counter, long limit, long used) {}

  /**
   * Where a counter stands.
   *
   * @param enough whether what was needed is there
   * @param ahead units of the share that were granted besides
   * @param covered units that the share was short of, and that are counted now
   * @param left at least 0
   * @param reset as in the header field {@code RateLimit}
   * @param window its length
   * @param epoch which window that is
   */
  record Standing(
      boolean enough,
      long ahead,
      long covered,
      long left,
      Duration reset,
      Duration window,
      long epoch) {}
}
