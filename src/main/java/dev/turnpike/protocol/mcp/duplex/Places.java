package dev.turnpike.protocol.mcp.duplex;

import dev.turnpike.exchange.Caller;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which peer makes room for another one when all places are taken. */
final class Places {
  // whoever has just used a session means to use it again
  private static final long FRESH_NANOS = Duration.ofMinutes(1).toNanos();

  /**
   * A peer that has a place.
   *
   * @param owner on whose behalf it was begun
   * @param anew whether losing it loses nothing: there is no session on it
   */
  record Held(Peer peer, Optional<Caller> owner, boolean anew) {}

  private Places() {}

  /**
   * The one that is needed least: never one that is asked something, nor one that is there for
   * several callers. Whoever has most places gives first; one with fewer takes also a session that
   * was used just now, or is only listened to.
   *
   * @param wanting who needs the place
   */
  static Optional<Peer> leastNeeded(
      Collection<Held> held, Optional<Caller> wanting, long nowNanos) {
    Map<Optional<Caller>, Long> counts =
        held.stream().collect(Collectors.groupingBy(Held::owner, Collectors.counting()));
    long own = counts.getOrDefault(wanting, 0L);
    return held.stream()
        .filter(one -> one.peer().idle() && !one.peer().common())
        .filter(one ->
            one.anew()
                || counts.getOrDefault(one.owner(), 0L) > own + 1
                || (!one.peer().heard() && nowNanos - one.peer().usedNanos() > FRESH_NANOS))
        .min(
            Comparator.comparingLong((Held one) -> -counts.getOrDefault(one.owner(), 0L))
                .thenComparing((Held one) -> !one.anew())
                .thenComparing((Held one) -> one.peer().heard())
                .thenComparingLong(one -> one.peer().usedNanos()))
        .map(Held::peer);
  }
}
