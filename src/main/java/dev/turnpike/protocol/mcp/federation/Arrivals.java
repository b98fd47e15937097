package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.protocol.mcp.bridge.pool.Bus;
import dev.turnpike.upstream.Upstream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is to hear that an upstream is in the lists which was not, when they were made: for them, all
 * of its lists have changed. Thread-safe.
 */
final class Arrivals {
  private final Map<Upstream, Set<Bus.Listener>> all = new WeakHashMap<>();

  /** Whether it did not wait before. */
  boolean add(Upstream upstream, Bus.Listener listener) {
    synchronized (all) {
      return all.computeIfAbsent(upstream, _ -> ConcurrentHashMap.newKeySet()).add(listener);
    }
  }

  void remove(Upstream upstream, Bus.Listener listener) {
    synchronized (all) {
      Set<Bus.Listener> listeners = all.get(upstream);
      if (listeners != null && listeners.remove(listener) && listeners.isEmpty()) {
        all.remove(upstream);
      }
    }
  }

  /** Whether anybody waits for it. */
  boolean awaited(Upstream upstream) {
    synchronized (all) {
      return all.containsKey(upstream);
    }
  }

  /** It is there, with that. */
  void tell(Upstream upstream, Offer offer) {
    Set<Bus.Listener> listeners;
    synchronized (all) {
      listeners = Set.copyOf(all.getOrDefault(upstream, Set.of()));
    }
    for (String list : List.of("tools", "prompts", "resources")) {
      if (offer.capabilities().containsKey(list)) {
        listeners.forEach(listener ->
            listener.heard("notifications/" + list + "/list_changed", Optional.empty()));
      }
    }
  }
}
