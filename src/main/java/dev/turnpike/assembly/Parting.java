package dev.turnpike.assembly;

import dev.turnpike.Snapshot;
import dev.turnpike.catalog.Endpoint;
import dev.turnpike.protocol.mcp.Called;
import dev.turnpike.protocol.mcp.Calls;
import dev.turnpike.protocol.mcp.Natures;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.bridge.pool.Pool;
import dev.turnpike.relay.Relay;
import dev.turnpike.session.Session;
import dev.turnpike.session.Sessions;
import dev.turnpike.upstream.Upstream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Ends what is open with upstreams in revisions that they are not called in any more; calls that
 * are on their way go on to their end. Thread-safe.
 */
final class Parting {
  private final Called called;
  private final Natures natures;
  private final Pool pool;
  private final Sessions sessions;
  private final Relay relay;
  private Map<String, Set<String>> offBefore = Map.of();
  private final Map<String, Set<String>> turnedOff = new HashMap<>();

  Parting(Natures natures, Pool pool, Sessions sessions, Relay relay) {
    this.called = natures.called();
    this.natures = natures;
    this.pool = pool;
    this.sessions = sessions;
    this.relay = relay;
  }

  /** From now on, these are called. */
  synchronized void begin(Snapshot now) {
    look(now);
  }

  /**
   * After flags were turned. From any thread.
   *
   * @param farewell is told of each session that was ended
   */
  synchronized void of(Snapshot now, Consumer<Session> farewell) {
    look(now);
    sessions.all().stream()
        .filter(session -> over(now, session))
        .filter(sessions::end)
        .forEach(farewell);
    relay.end(routed ->
        Calls.known(routed.call())
            && now.endpoints().named(routed.call().endpoint()).filter(this::left).isPresent());
    pool.withdraw();
  }

  /** From time to time: what was begun while a flag was being turned is found now. */
  synchronized void sweep(Snapshot now, Consumer<Session> farewell) {
    of(now, farewell);
    turnedOff.clear();
  }

  private void look(Snapshot now) {
    Map<String, Set<String>> off = new HashMap<>();
    for (Upstream upstream : now.upstreams().all()) {
      Set<String> here =
          Revisions.EACH.stream()
              .filter(revision -> !called.calls(revision, upstream.name()))
              .collect(Collectors.toSet());
      off.put(upstream.name(), here);
      Set<String> before = offBefore.getOrDefault(upstream.name(), here);
      if (!here.equals(before)) {
        natures.doubt(upstream);
        Set<String> turned = new HashSet<>(here);
        turned.removeAll(before);
        turned.retainAll(natures.spoken(upstream));
        turnedOff.computeIfAbsent(upstream.name(), _ -> new HashSet<>()).addAll(turned);
      }
    }
    offBefore = off;
  }

  private boolean over(Snapshot now, Session session) {
    Optional<Endpoint> at = now.endpoints().named(session.endpoint());
    if (at.isEmpty()) {
      return false;
    }
    return at.get().federated() ? bereft(at.get()) : over(now, session, at.get().upstream());
  }

  private boolean over(Snapshot now, Session session, String name) {
    Optional<Upstream> upstream = now.upstreams().find(name);
    // one that was opened elsewhere is found out when it is used
    if (upstream.isEmpty() || !session.upstream().equals(upstream.get().address())) {
      return false;
    }
    String there = session.conversation().isPresent() ? Revisions.MODERN : session.revision();
    return !called.calls(there, name) || !called.reaches(upstream.get().spec());
  }

  // what such a session hears of each upstream is bound to the era that this was called in
  private boolean bereft(Endpoint endpoint) {
    return endpoint.upstreams().stream()
        .anyMatch(name -> {
          Set<String> turned = turnedOff.getOrDefault(name, Set.of());
          return turned.contains(Revisions.MODERN)
              || turned.contains(Revisions.HTTP_SSE)
              || (!turned.isEmpty() && !called.anyLegacy(name));
        });
  }

  private boolean left(Endpoint endpoint) {
    return endpoint.upstreams().stream()
        .anyMatch(name -> !turnedOff.getOrDefault(name, Set.of()).isEmpty());
  }
}
