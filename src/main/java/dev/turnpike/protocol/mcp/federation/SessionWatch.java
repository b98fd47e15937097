package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.mcp.bridge.pool.Bus;
import dev.turnpike.protocol.mcp.bridge.pool.Notice;
import dev.turnpike.protocol.mcp.bridge.pool.Pool;
import dev.turnpike.protocol.mcp.bridge.pool.PooledSession;
import dev.turnpike.session.Conversation;
import dev.turnpike.session.Session;
import dev.turnpike.upstream.Upstream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a legacy session hears of one of several legacy upstreams besides its calls. Thread-safe.
 */
final class SessionWatch implements Bus.Listener {
  private static final int MOST_URIS = 1_000;

  private final Session session;
  private final Conversation kept;
  private final Pool pool;
  private final String upstream;

  private record Watched(Bus.Listener listener, String shown) {}

  private final Map<String, Watched> uris = new ConcurrentHashMap<>();
  private volatile @Nullable Visibility visibility;
  private volatile @Nullable PooledSession heard;

  SessionWatch(Session session, Conversation kept, Pool pool, String upstream) {
    this.session = session;
    this.kept = kept;
    this.pool = pool;
    this.upstream = upstream;
  }

  /** Begins to listen, where that has not begun; again where the session there was lost. */
  CompletableFuture<PooledSession> begin(Upstream at, Visibility seen) {
    visibility = seen;
    return pool.session(at, session.caller(), kept.capabilities(), session.id())
        .thenApply(there -> {
          if (heard != there) {
            heard = there;
            there.bus().add(this, Set.of(), at);
          }
          return there;
        });
  }

  /**
   * Subscribes to a resource, of which the caller hears under the URI that it is shown by.
   * Completes with whether the upstream tells of such changes.
   */
  CompletableFuture<Boolean> add(String uri, String shown, Upstream at, Visibility seen) {
    return begin(at, seen)
        .thenCompose(there -> {
          boolean can =
              there.capabilities().get("resources") instanceof Map<?, ?> resources
                  && Boolean.TRUE.equals(resources.get("subscribe"));
          if (!can || uris.size() >= MOST_URIS) {
            return CompletableFuture.completedFuture(false);
          }
          Bus.Listener one = (_, _) -> {};
          return uris.putIfAbsent(uri, new Watched(one, shown)) == null
              ? there
                  .bus()
                  .add(one, Set.of(uri), at)
                  .thenApply(heardOf -> heardOf.uris().contains(uri) || gone(uri))
              : CompletableFuture.completedFuture(true);
        });
  }

  private boolean gone(String uri) {
    remove(uri);
    return false;
  }

  void remove(String uri) {
    Watched one = uris.remove(uri);
    PooledSession there = heard;
    if (one != null && there != null) {
      there.bus().remove(one.listener());
    }
  }

  void close() {
    PooledSession there = heard;
    if (there != null) {
      there.bus().remove(this);
      uris.values().forEach(one -> there.bus().remove(one.listener()));
    }
  }

  @Override
  public void heard(String name, Optional<String> uri) {
    if (uri.isEmpty()) {
      session.outside().publish(Notice.of(name, uri));
      return;
    }
    Visibility seen = visibility;
    Watched one = uris.get(uri.get());
    if (one != null
        && seen != null
        && seen.shows(new Target(Target.Kind.RESOURCE, one.shown()), upstream)
        && seen.shows(new Target(Target.Kind.RESOURCE, uri.get()), upstream)) {
      session.outside().publish(Notice.of(name, Optional.of(one.shown())));
    }
  }
}
