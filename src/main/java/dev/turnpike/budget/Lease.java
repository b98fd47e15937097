package dev.turnpike.budget;

import dev.turnpike.budget.SharedStore.Counter;
import dev.turnpike.budget.SharedStore.Need;
import dev.turnpike.budget.SharedStore.Standing;
import dev.turnpike.budget.SharedStore.Told;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The share of one counter that this replica took ahead and holds: calls are served from it without
 * a word to the store. What calls use beyond it is a debt, which the store has to cover before more
 * is served from it. Thread-safe.
 */
final class Lease implements Purse {
  /** How long a refusal of the store holds here: who hammers does not hammer the store. */
  private static final long REFUSED_NANOS = Duration.ofMillis(200).toNanos();

  private static final long IDLE_NANOS = Duration.ofSeconds(10).toNanos();
  private static final double NEW = 0.5;

  /** What a call got of the share. */
  sealed interface Grab {
    /** All of it, or, where the store has just said that it is not there, nothing. */
    record Known(Level level, boolean lacking) implements Grab {}

    /** A part, which is set aside; the rest is to be asked for. */
    record Short(long aside, Need.Leased need) implements Grab {}
  }

  private final Counter counter;
  private long limit;
  private long hand;
  private long used;
  private long serial;
  private int asking;
  private int open;
  private @Nullable Standing known;
  private long knownAt;
  private long refusedUntil;
  private long refusedAmount = Long.MAX_VALUE;
  private double perBeat;
  private long usedAtBeat;
  private long lastUse;
  private long toldUsed;
  private boolean ended;

  Lease(Counter counter, long nanos) {
    this.counter = counter;
    this.lastUse = nanos;
    this.refusedUntil = nanos;
  }

  /** Empty where the lease has ended: who comes late has to look for the new one. */
  synchronized Optional<Grab> grab(long nanos, long limit, boolean binding, long amount) {
    if (ended) {
      return Optional.empty();
    }
    expire(nanos);
    lastUse = nanos;
    this.limit = limit;
    Standing standing = known;
    if (standing != null && hand >= amount) {
      open++;
      use(amount);
      return Optional.of(new Grab.Known(level(standing, true, nanos), false));
    }
    if (standing != null && nanos - refusedUntil < 0 && amount >= refusedAmount) {
      return Optional.of(new Grab.Known(level(standing, false, nanos), true));
    }
    long aside = Math.clamp(hand, 0, amount);
    hand -= aside;
    asking++;
    long missing = amount - aside;
    return Optional.of(
        new Grab.Short(
            aside,
            new Need.Leased(
                counter, limit, binding, told(OptionalLong.empty()), missing, ahead(amount))));
  }

  // the first call of many is followed by some like it
  private long ahead(long amount) {
    return Math.max(0, Math.max(target(), amount * 4) - Math.max(0, hand));
  }

  private long target() {
    return (long) (perBeat * 2);
  }

  private Told told(OptionalLong known) {
    return new Told(++serial, used, known, false);
  }

  private void use(long amount) {
    hand -= amount;
    used += amount;
  }

  /** The store gave what was missing: the call has all of it. */
  synchronized Level granted(Grab.Short grab, Standing standing, long nanos) {
    answered(standing, nanos);
    hand += grab.aside() + grab.need().amount();
    open++;
    use(grab.aside() + grab.need().amount());
    return level(standing, true, nanos);
  }

  /** The store gave it, and the call had gone on without: it stays in hand. */
  synchronized void kept(Grab.Short grab, Standing standing, long nanos) {
    answered(standing, nanos);
    hand += grab.aside() + (standing.enough() ? grab.need().amount() : 0);
  }

  /** The store had not enough. */
  synchronized Level refused(Grab.Short grab, Standing standing, long nanos) {
    answered(standing, nanos);
    hand += grab.aside();
    if (!standing.enough()) {
      refusedAmount = grab.aside() + grab.need().amount();
      refusedUntil = nanos + Math.min(REFUSED_NANOS, standing.reset().toNanos());
    }
    return level(standing, false, nanos);
  }

  /** The store did not answer, or answered nothing that was of use. */
  synchronized void unanswered(Grab.Short grab) {
    asking--;
    hand += grab.aside();
  }

  private void answered(Standing standing, long nanos) {
    asking--;
    heard(standing, nanos);
  }

  private void heard(Standing standing, long nanos) {
    Standing before = known;
    if (before != null && before.epoch() != standing.epoch()) {
      hand = 0;
    }
    hand += standing.ahead() + standing.covered();
    known = standing;
    knownAt = nanos;
  }

  // the store's own clock ended the window
  private void expire(long nanos) {
    Standing standing = known;
    if (standing != null
        && standing.epoch() != 0
        && nanos - knownAt >= standing.reset().toNanos()) {
      known = null;
      hand = 0;
    }
  }

  private Level level(Standing standing, boolean taken, long nanos) {
    Duration reset = standing.reset().minusNanos(nanos - knownAt);
    return new Level(
        taken,
        standing.left() + Math.max(0, hand),
        reset.isNegative() ? Duration.ZERO : reset,
        standing.window(),
        standing.epoch());
  }

  @Override
  public synchronized void settle(Level taken, long more) {
    open--;
    correct(taken, more);
  }

  @Override
  public synchronized void grow(Level taken, long more) {
    correct(taken, more);
  }

  // what was taken in a window that is over counts no more
  private void correct(Level taken, long more) {
    Standing standing = known;
    if (standing != null && standing.epoch() == taken.epoch()) {
      use(more);
    }
  }

  /**
   * What to say to the store now: what was used, what is given back since it is more than the next
   * second needs, and what is wanted for it. Empty where there is no news.
   */
  synchronized Optional<Need> news(long nanos) {
    expire(nanos);
    perBeat += NEW * (Math.max(0, used - usedAtBeat) - perBeat);
    usedAtBeat = used;
    boolean idle = open == 0 && nanos - lastUse > IDLE_NANOS;
    if (asking > 0) {
      return Optional.empty();
    }
    long target = idle ? 0 : target();
    boolean much = hand > target;
    boolean little = hand < target / 2;
    if (!idle && !much && !little && used == toldUsed && hand >= 0) {
      return Optional.empty();
    }
    if (much) {
      hand = target;
    }
    toldUsed = used;
    ended = idle;
    Told told = new Told(++serial, used, OptionalLong.of(hand), idle);
    return Optional.of(
        new Need.Leased(counter, limit, true, told, 0, little ? target - Math.max(0, hand) : 0));
  }

  /** The last word: nothing more is served from it, and what is left is given back. */
  synchronized Optional<Need> farewell() {
    ended = true;
    long left = Math.min(0, hand);
    hand = 0;
    Told told = new Told(++serial, used, OptionalLong.of(left), true);
    return Optional.of(new Need.Leased(counter, limit, true, told, 0, 0));
  }

  /** What the store said to it. */
  synchronized void heardOf(Standing standing, long nanos) {
    heard(standing, nanos);
  }

  synchronized boolean over() {
    return ended;
  }
}
