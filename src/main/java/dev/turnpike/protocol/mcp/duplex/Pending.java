package dev.turnpike.protocol.mcp.duplex;

import dev.turnpike.exchange.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a peer has been asked and has not answered, by the number that it was asked under.
 * Thread-safe.
 */
final class Pending {
  private static final int MOST_ABANDONED = 256;

  private static final long FORGOTTEN_NANOS = Duration.ofMinutes(2).toNanos();

  /** Whose question it was, of one that somebody has left. */
  private record Whose(Optional<Session> session, String id, long leftNanos) {
    private Whose(Asking asking, long nowNanos) {
      this(asking.session(), asking.id().lexeme(), nowNanos);
    }

    private boolean is(Session asked, String asId) {
      return session.filter(asked::equals).isPresent() && id.equals(asId);
    }
  }

  private final Ticker ticker;
  private final Map<Long, Asking> asked = new LinkedHashMap<>();
  private final Map<Long, Whose> abandoned = new LinkedHashMap<>();
  private long numbers;
  private long usedNanos;
  private boolean over;
  private boolean used;
  private boolean promised;

  Pending(Ticker ticker) {
    this.ticker = ticker;
    this.usedNanos = ticker.nanos();
  }

  /** The number that it is to be asked under; empty where nothing can be asked any more. */
  synchronized OptionalLong add(Asking asking) {
    promised = false;
    usedNanos = ticker.nanos();
    if (over) {
      return OptionalLong.empty();
    }
    used |= !asking.probing();
    asked.put(++numbers, asking);
    return OptionalLong.of(numbers);
  }

  /** A number for a question whose answer nobody waits for. */
  synchronized long unheard() {
    return ++numbers;
  }

  /** The question, which is not waited for any more. */
  synchronized Optional<Asking> remove(long number) {
    abandoned.remove(number);
    usedNanos = ticker.nanos();
    return Optional.ofNullable(asked.remove(number));
  }

  /** Whoever left may still say that the answer is not wanted. */
  synchronized void abandon(long number, Asking asking) {
    abandoned.put(number, new Whose(asking, ticker.nanos()));
    if (abandoned.size() > MOST_ABANDONED) {
      abandoned.remove(abandoned.keySet().iterator().next());
    }
  }

  /** The number of what was asked in that session under that id. */
  synchronized Optional<Long> find(Session session, String id) {
    return Stream.concat(
            asked.entrySet().stream()
                .map(e -> Map.entry(e.getKey(), new Whose(e.getValue(), usedNanos))),
            abandoned.entrySet().stream())
        .filter(entry -> entry.getValue().is(session, id))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  synchronized @Nullable Asking at(long number) {
    return asked.get(number);
  }

  /** The call that began last, which a question most likely belongs to. */
  synchronized Optional<Exchange> nearest() {
    return asked.values().stream()
        .filter(asking -> !asking.modern())
        .reduce((_, later) -> later)
        .map(Asking::exchange);
  }

  /** The only call that is under way; empty where there are several, or none. */
  synchronized Optional<Long> onlyOne() {
    List<Long> calls =
        asked.entrySet().stream()
            .filter(entry -> !entry.getValue().standing())
            .map(Map.Entry::getKey)
            .limit(2)
            .toList();
    return calls.size() == 1 ? Optional.of(calls.getFirst()) : Optional.empty();
  }

  /** Whether what is said may still be about a call that somebody has left. */
  synchronized boolean haunted() {
    long now = ticker.nanos();
    abandoned.values().removeIf(whose -> now - whose.leftNanos() > FORGOTTEN_NANOS);
    return !abandoned.isEmpty();
  }

  /** Somebody is about to ask. */
  synchronized void promise() {
    promised = true;
    usedNanos = ticker.nanos();
  }

  /** It has answered a question that only some know. */
  synchronized void use() {
    used = true;
  }

  /** Whether nothing has been asked but what it is. */
  synchronized boolean unused() {
    return !used && !over;
  }

  /** Whether nothing is waited for, or about to be asked. */
  synchronized boolean idle() {
    return asked.isEmpty() && !promised;
  }

  /** Whether no call is under way; what only stands open is none. */
  synchronized boolean resting() {
    return asked.values().stream().allMatch(Asking::standing);
  }

  /** When something was asked or answered last. */
  synchronized long usedNanos() {
    return usedNanos;
  }

  synchronized boolean over() {
    return over;
  }

  /** Nothing is answered any more; what was waited for until now. */
  synchronized List<Asking> end() {
    over = true;
    List<Asking> unanswered = List.copyOf(asked.values());
    asked.clear();
    return unanswered;
  }
}
