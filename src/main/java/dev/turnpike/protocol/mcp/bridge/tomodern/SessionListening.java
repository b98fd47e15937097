package dev.turnpike.protocol.mcp.bridge.tomodern;

import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.mcp.bridge.pool.Notice;
import dev.turnpike.protocol.mcp.bridge.pool.OutsideStream;
import dev.turnpike.session.Session;
import dev.turnpike.upstream.Upstream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a legacy session hears of a modern upstream besides its calls. Thread-safe. */
final class SessionListening {
  private final Session session;
  private final String upstream;
  private final ModernSide side;
  private final Listening listening;
  private volatile @Nullable Visibility visibility;

  SessionListening(Session session, String upstream, ModernSide side) {
    this.session = session;
    this.upstream = upstream;
    this.side = side;
    this.listening =
        new Listening(
            Stamp.identity(session.conversation().orElseThrow()), side.tools(), this::heard);
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
    visibility = seen;
    listening.begin(at);
  }

  /** As {@link Listening#add}. */
  CompletableFuture<Boolean> add(String uri, Upstream at, Visibility seen) {
    visibility = seen;
    return listening.add(uri, at);
  }

  /** As {@link Listening#remove}. */
  void remove(String uri, Upstream at, Visibility seen) {
    visibility = seen;
    listening.remove(uri, at);
  }

  void close() {
    listening.close();
  }

  private void heard(String name, Optional<String> uri) {
    Visibility seen = visibility;
    if (uri.isEmpty()
        || (seen != null && seen.shows(new Target(Target.Kind.RESOURCE, uri.get()), upstream))) {
      session.outside().publish(Notice.of(name, uri));
    }
  }
}
