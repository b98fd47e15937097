package dev.turnpike.protocol.mcp.bridge.pool;

import dev.turnpike.config.RevisionPin;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.protocol.mcp.Called;
import dev.turnpike.protocol.mcp.Inquiry;
import dev.turnpike.protocol.mcp.Natures;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.ServerCapabilities;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.protocol.mcp.legacy.Link;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Upstream;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sessions that modern callers have at legacy upstreams without knowing: one for each caller,
 * upstream and set of capabilities, opened when it is first needed and ended when nobody has needed
 * it for a while. Never shared between callers. Thread-safe.
 */
public final class Pool {
  private static final long IDLE_NANOS = Duration.ofMinutes(10).toNanos();
  private static final long LONGEST_PAUSE_MILLIS = 30_000;
  private static final int MOST = 10_000;
  private static final int MOST_OF_ONE = 64;

  /** The affinity of sessions in which Turnpike asks for itself. */
  public static final String INVENTORY = "inventory";

  private record Key(Upstream upstream, Caller caller, String capabilities, String affinity) {
    /** Whether it is bound to a session of the caller's, and ends with that. */
    boolean ofSession() {
      return !affinity.isEmpty() && !affinity.equals(INVENTORY);
    }

    boolean sameCaller(Key other) {
      return upstream == other.upstream
          && caller.equals(other.caller)
          && affinity.equals(other.affinity);
    }
  }

  /** One that nobody is given any more. */
  private record Leaving(Upstream upstream, PooledSession session) {}

  private final Map<Key, CompletableFuture<PooledSession>> sessions = new ConcurrentHashMap<>();
  private final Set<Leaving> leaving = ConcurrentHashMap.newKeySet();
  private final Natures natures;
  private final Consumer<Upstream> changed;
  private final Ticker ticker;

  /**
   * @param changed told of upstreams that say that one of their lists has changed
   */
  public Pool(Natures natures, Consumer<Upstream> changed, Ticker ticker) {
    this.natures = natures;
    this.changed = changed;
    this.ticker = ticker;
  }

  /**
   * The session for such a request; opened where there is none. Completes on the event loop that
   * this is called on; fails with {@link Refused}.
   *
   * @param capabilities exactly those of the request, as JSON
   * @param affinity what else tells sessions of one caller apart; empty where nothing does
   */
  public CompletableFuture<PooledSession> session(
      Upstream upstream, Caller caller, String capabilities, String affinity) {
    Key key = new Key(upstream, caller, capabilities, affinity);
    CompletableFuture<PooledSession> mine = new CompletableFuture<>();
    CompletableFuture<PooledSession> there = sessions.putIfAbsent(key, mine);
    if (there != null && over(upstream, there)) {
      withdraw();
      return session(upstream, caller, capabilities, affinity);
    }
    if (there != null) {
      there.thenAccept(session -> session.touch(ticker.nanos()));
      return upstream.here(there);
    }
    if (isFull(key)) {
      sessions.remove(key, mine);
      // also for those who came meanwhile
      mine.completeExceptionally(
          new Refused(
              new Refusal.TooBusy(
                  "As many sets of capabilities are in use as there may be",
                  Duration.ofSeconds(5))));
      return mine;
    }
    CompletableFuture<PooledSession> told = upstream.here(mine);
    open(key)
        .whenComplete((session, failure) -> {
          if (session != null) {
            session.touch(ticker.nanos());
            mine.complete(session);
          } else {
            sessions.remove(key, mine);
            mine.completeExceptionally(
                refused(failure)
                    .orElseGet(
                        () -> new Refused(upstream.failure(failure).refusal(upstream.name()))));
          }
        });
    return told;
  }

  private static Optional<Throwable> refused(Throwable failure) {
    Throwable cause = failure.getCause() instanceof Refused inner ? inner : failure;
    return cause instanceof Refused ? Optional.of(cause) : Optional.empty();
  }

  /** The upstream has forgotten the session: the next request opens another. */
  public void lost(PooledSession session) {
    sessions
        .values()
        .removeIf(one -> one.isDone() && !one.isCompletedExceptionally() && one.join() == session);
  }

  /** Ends what nobody has used for a while. */
  public void sweep() {
    withdraw();
    long now = ticker.nanos();
    sessions.forEach((key, opened) -> {
      PooledSession session =
          opened.isDone() && !opened.isCompletedExceptionally() ? opened.join() : null;
      if (session != null
          && !key.ofSession()
          && !session.inUse()
          && now - session.usedNanos() > IDLE_NANOS
          && sessions.remove(key, opened)) {
        end(key.upstream(), session);
      }
    });
  }

  /**
   * Ends the sessions in revisions that their upstreams are not called in any more: at once, or
   * when the calls are over that are under way there. Who listens to one listens to its successor,
   * as soon as there is one. From any thread.
   */
  public void withdraw() {
    opened()
        .filter(one -> !called(one.getKey().upstream(), one.getValue().link().revision()))
        .forEach(one -> {
          lost(one.getValue());
          leaving.add(new Leaving(one.getKey().upstream(), one.getValue()));
          if (one.getValue().bus().listened()) {
            moved(one.getKey(), one.getValue(), 0);
          }
        });
    leaving.stream()
        .filter(one -> !one.session().held())
        .filter(leaving::remove)
        .forEach(one -> end(one.upstream(), one.session()));
  }

  /** How many are open at that upstream, by their revisions. */
  public Map<String, Long> open(Upstream upstream) {
    return opened()
        .filter(one -> one.getKey().upstream() == upstream)
        .collect(
            Collectors.groupingBy(
                one -> one.getValue().link().revision(), TreeMap::new, Collectors.counting()));
  }

  private Stream<Map.Entry<Key, PooledSession>> opened() {
    return sessions.entrySet().stream()
        .filter(one -> one.getValue().isDone() && !one.getValue().isCompletedExceptionally())
        .map(one -> Map.entry(one.getKey(), one.getValue().join()));
  }

  private boolean over(Upstream upstream, CompletableFuture<PooledSession> there) {
    return there.isDone()
        && !there.isCompletedExceptionally()
        && !called(upstream, there.join().link().revision());
  }

  private boolean called(Upstream upstream, String revision) {
    return natures.called().reaches(upstream.spec())
        && natures.called().calls(revision, upstream.name());
  }

  /** The upstream no longer speaks this era: it is asked anew, and the session is worth nothing. */
  public void changed(Upstream upstream, PooledSession session) {
    natures.doubt(upstream);
    lost(session);
  }

  /** Tells the sessions of that affinity something that has no answer. On an event loop. */
  public void tell(String affinity, Payload notification) {
    sessions.forEach((key, opened) -> {
      if (key.affinity().equals(affinity)
          && opened.isDone()
          && !opened.isCompletedExceptionally()) {
        key.upstream()
            .send(opened.join().link().post(notification, false))
            .answered()
            .thenAccept(Answered::finish);
      }
    });
  }

  /** Ends the sessions of that affinity. */
  public void end(String affinity) {
    sessions.forEach((key, opened) -> {
      if (key.affinity().equals(affinity)
          && opened.isDone()
          && !opened.isCompletedExceptionally()
          && sessions.remove(key, opened)) {
        end(key.upstream(), opened.join());
      }
    });
  }

  /** Ends every session. */
  public void close() {
    leaving.stream().filter(leaving::remove).forEach(one -> end(one.upstream(), one.session()));
    sessions.forEach((key, opened) -> {
      if (opened.isDone() && !opened.isCompletedExceptionally() && sessions.remove(key, opened)) {
        end(key.upstream(), opened.join());
      }
    });
  }

  // whoever is in use stays; where all are, there is no room for another
  private boolean isFull(Key key) {
    if (sessions.size() > MOST) {
      return !dropOldest(_ -> true);
    }
    return sessions.keySet().stream().filter(key::sameCaller).count() > MOST_OF_ONE
        && !dropOldest(key::sameCaller);
  }

  private boolean dropOldest(Predicate<Key> among) {
    return sessions.entrySet().stream()
        .filter(entry -> among.test(entry.getKey()))
        .filter(entry -> entry.getValue().isDone())
        .filter(entry -> !entry.getValue().isCompletedExceptionally())
        .filter(entry -> !entry.getKey().ofSession())
        .filter(entry -> !entry.getValue().join().inUse())
        .min(Comparator.comparingLong(entry -> entry.getValue().join().usedNanos()))
        .filter(entry -> sessions.remove(entry.getKey(), entry.getValue()))
        .map(entry -> {
          end(entry.getKey().upstream(), entry.getValue().join());
          return entry;
        })
        .isPresent();
  }

  /** Those who listened to a session that was forgotten listen to another, once there is one. */
  private void moved(Key key, PooledSession old, int failures) {
    lost(old);
    key.upstream()
        .later(
            Duration.ofMillis(Math.min(LONGEST_PAUSE_MILLIS, 100L << Math.min(9, failures))),
            () -> {
              if (old.bus().listened()) {
                session(key.upstream(), key.caller(), key.capabilities(), key.affinity())
                    .whenComplete((fresh, _) -> {
                      if (fresh != null) {
                        old.bus().moveTo(fresh.bus(), key.upstream());
                      } else {
                        moved(key, old, failures + 1);
                      }
                    });
              }
            });
  }

  private static void end(Upstream upstream, PooledSession session) {
    end(upstream, session.link());
  }

  private static void end(Upstream upstream, Link link) {
    if (link.session().isPresent()) {
      upstream.send(link.end()).answered().thenAccept(Answered::finish);
    }
  }

  private CompletableFuture<PooledSession> open(Key key) {
    Upstream upstream = key.upstream();
    List<String> there =
        (upstream.spec().revision() instanceof RevisionPin.Dated(var dated)
                ? List.of(dated)
                : Revisions.LEGACY_ALL)
            .stream().filter(revision -> called(upstream, revision)).toList();
    if (there.isEmpty()) {
      return CompletableFuture.failedFuture(Called.off(upstream.name(), Revisions.LEGACY_ALL));
    }
    Outgoing opening = Link.open(Link.initialize(there.getFirst(), key.capabilities()));
    return (key.affinity().equals(INVENTORY)
            ? Inquiry.send(upstream, opening)
            : Inquiry.send(upstream, opening, key.caller()))
        .thenCompose(reply -> {
          try {
            PooledSession session = opened(key, reply);
            return upstream
                .send(session.link().post(INITIALIZED, false))
                .answered()
                .thenApply(answered -> {
                  answered.finish();
                  return session;
                });
          } catch (Refused refused) {
            // whoever does not open a session may have changed its era
            natures.doubt(upstream);
            return CompletableFuture.failedFuture(refused);
          }
        });
  }

  private static final Payload INITIALIZED =
      Payload.of("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");

  private PooledSession opened(Key key, Inquiry.Reply reply) throws Refused {
    Upstream upstream = key.upstream();
    if (reply.status() == 200 && reply.body().isPresent()) {
      Told told = Told.read(reply.body().get(), upstream.name());
      Optional<String> revision =
          told.scan().text(Told.VERSION).filter(Revisions.LEGACY_ALL::contains);
      if (revision.isPresent()) {
        Link link = new Link(reply.headers().first(Words.HEADER_SESSION), revision.get());
        natures.heard(upstream, revision.get());
        if (!called(upstream, revision.get())) {
          end(upstream, link);
          throw Called.off(upstream.name(), List.of(revision.get()));
        }
        return new PooledSession(
            link,
            ServerCapabilities.bridged(told),
            told.scan().type(Told.LEGACY_SERVER) == JsonType.OBJECT
                ? told.scan().part(Told.LEGACY_SERVER).text()
                : "{\"name\":\"unknown\",\"version\":\"0\"}",
            told.scan().text(Told.INSTRUCTIONS),
            () -> changed.accept(upstream),
            session -> moved(key, session, 0));
      }
    }
    throw new Refused(
        new Refusal.UpstreamUnavailable(
            upstream.name(), "did not open a session (status " + reply.status() + ")"));
  }
}
