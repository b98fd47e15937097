package dev.turnpike.protocol.mcp.bridge.tomodern;

import dev.turnpike.exchange.Caller;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.protocol.mcp.bridge.pool.Bus;
import dev.turnpike.protocol.mcp.modern.Tools;
import dev.turnpike.upstream.Upstream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One subscription at a modern upstream, for all sessions of one caller: each hears all of it, and
 * a resource is subscribed to as long as one of them wants it. Thread-safe.
 */
final class SharedListening {
  private static final String IDENTITY =
      "\"%s\":\"%s\",\"%s\":{},\"%s\":%s"
          .formatted(
              Words.META_VERSION,
              Revisions.MODERN,
              Words.META_CAPABILITIES,
              Words.META_CLIENT,
              Words.OURSELVES);

  private final Set<Bus.Listener> hearers = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> wanted = new HashMap<>();
  private final Listening listening;

  SharedListening(Caller caller, Tools tools) {
    this.listening = new Listening(caller, IDENTITY, tools, this::heard);
  }

  /** From now on the listener hears what is said, and {@link #begin} makes something be said. */
  void join(Bus.Listener hearer) {
    hearers.add(hearer);
  }

  /** Whether anybody is left; where nobody is, it listens no more. */
  boolean leave(Bus.Listener hearer) {
    hearers.remove(hearer);
    if (hearers.isEmpty()) {
      listening.close();
      return false;
    }
    return true;
  }

  void begin(Upstream at) {
    listening.begin(at);
  }

  /** As {@link Listening#add}. */
  CompletableFuture<Boolean> add(String uri, Upstream at) {
    synchronized (wanted) {
      if (wanted.merge(uri, 1, Integer::sum) > 1) {
        return CompletableFuture.completedFuture(true);
      }
    }
    return listening
        .add(uri, at)
        .thenApply(taken -> {
          if (!taken) {
            synchronized (wanted) {
              wanted.remove(uri);
            }
          }
          return taken;
        });
  }

  void remove(String uri, Upstream at) {
    synchronized (wanted) {
      Integer left = wanted.computeIfPresent(uri, (_, count) -> count > 1 ? count - 1 : null);
      if (left != null) {
        return;
      }
    }
    listening.remove(uri, at);
  }

  private void heard(String name, Optional<String> uri) {
    hearers.forEach(hearer -> hearer.heard(name, uri));
  }
}
