package dev.turnpike.observe;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which revisions were spoken at which endpoints since the process began, and when last. Only of
 * revisions that are known and endpoints that are served, so that it stays small. Thread-safe.
 */
public final class Uses implements ExchangeListener {
  /**
   * One of them.
   *
   * @param calls that were served
   * @param last the start of the last one
   */
  public record Use(String revision, String endpoint, long calls, Instant last) {}

  private record Key(String revision, String endpoint) {}

  private static final class Seen {
    private final LongAdder calls = new LongAdder();
    private volatile Instant last = Instant.EPOCH;
  }

  private final Map<Key, Seen> seen = new ConcurrentHashMap<>();
  private final Predicate<Call> known;
  private final InstantSource clock;

  /**
   * @param known whether a call's method and revision are of MCP, and not a caller's own words
   */
  public Uses(Predicate<Call> known, InstantSource clock) {
    this.known = known;
    this.clock = clock;
  }

  @Override
  public Watch begun(Inbound inbound) {
    return new Noting();
  }

  /** Those of one revision, by the names of their endpoints. */
  public List<Use> of(String revision) {
    return seen.entrySet().stream()
        .filter(entry -> entry.getKey().revision().equals(revision))
        .map(entry ->
            new Use(
                revision,
                entry.getKey().endpoint(),
                entry.getValue().calls.sum(),
                entry.getValue().last))
        .sorted(Comparator.comparing(Use::endpoint))
        .toList();
  }

  private final class Noting implements Watch {
    private @Nullable Call call;

    @Override
    public void read(Call found) {
      call = found;
    }

    @Override
    public void ended(Outcome outcome) {
      if (call == null || !(outcome instanceof Outcome.Served) || !known.test(call)) {
        return;
      }
      Seen of = seen.computeIfAbsent(new Key(call.revision(), call.endpoint()), _ -> new Seen());
      of.calls.increment();
      Instant now = clock.instant();
      // to the second: a shared place that every call writes is slow
      if (now.getEpochSecond() != of.last.getEpochSecond()) {
        of.last = now;
      }
    }
  }
}
