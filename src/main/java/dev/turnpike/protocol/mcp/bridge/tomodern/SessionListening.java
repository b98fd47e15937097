package dev.turnpike.protocol.mcp.bridge.tomodern;

import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.mcp.bridge.pool.Bus;
import dev.turnpike.protocol.mcp.bridge.pool.Notice;
import dev.turnpike.protocol.mcp.bridge.pool.OutsideStream;
import dev.turnpike.session.Session;
import dev.turnpike.upstream.Upstream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a legacy session hears of a modern upstream besides its calls. Thread-safe. */
final class SessionListening implements Bus.Listener {
  private static final int MOST_URIS = 1_000;

  private final Session session;
  private final String upstream;
  private final ModernSide side;
  private final SharedListening shared;
  private final Set<String> uris = ConcurrentHashMap.newKeySet();
  private final Map<String, String> shownAs = new ConcurrentHashMap<>();
  private volatile @Nullable Visibility visibility;
  private volatile @Nullable Upstream met;

  SessionListening(Session session, String upstream, ModernSide side, SharedListening shared) {
    this.session = session;
    this.upstream = upstream;
    this.side = side;
    this.shared = shared;
  }

  /** As {@link ModernSide#meet}. */
  CompletionStage<?> meet(Upstream at) {
    return side.meet(at, session);
  }

  /** The stream that all of it goes to. */
  Course stream(Upstream at, Visibility seen) {
    return OutsideStream.of(session, () -> begin(at, seen));
  }

  /** As {@link Listening#begin}. */
  void begin(Upstream at, Visibility seen) {
    seen(at, seen);
    shared.begin(at);
  }

  /** As {@link Listening#add}. */
  CompletableFuture<Boolean> add(String uri, Upstream at, Visibility seen) {
    seen(at, seen);
    if (uris.size() >= MOST_URIS) {
      return CompletableFuture.completedFuture(uris.contains(uri));
    }
    if (!uris.add(uri)) {
      return CompletableFuture.completedFuture(true);
    }
    return shared
        .add(uri, at)
        .thenApply(taken -> {
          if (!taken) {
            uris.remove(uri);
          }
          return taken;
        });
  }

  /** As {@link Listening#remove}. */
  void remove(String uri, Upstream at, Visibility seen) {
    seen(at, seen);
    if (uris.remove(uri)) {
      shared.remove(uri, at);
    }
  }

  /** The caller knows that resource by another URI. */
  void shownAs(String uri, String shown) {
    if (shownAs.size() < MOST_URIS) {
      shownAs.put(uri, shown);
    }
  }

  private void seen(Upstream at, Visibility seen) {
    met = at;
    visibility = seen;
  }

  /** It wants nothing any more. */
  void close() {
    Upstream at = met;
    if (at != null) {
      uris.forEach(uri -> shared.remove(uri, at));
    }
    uris.clear();
  }

  @Override
  public void heard(String name, Optional<String> uri) {
    Visibility seen = visibility;
    if (seen == null || (uri.isPresent() && !uris.contains(uri.get()))) {
      return;
    }
    Optional<String> shown = uri.map(there -> shownAs.getOrDefault(there, there));
    if (Stream.concat(uri.stream(), shown.stream())
        .allMatch(one -> seen.shows(new Target(Target.Kind.RESOURCE, one), upstream))) {
      session.outside().publish(Notice.of(name, shown));
    }
  }
}
