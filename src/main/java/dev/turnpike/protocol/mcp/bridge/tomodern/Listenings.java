package dev.turnpike.protocol.mcp.bridge.tomodern;

import dev.turnpike.exchange.Caller;
import dev.turnpike.session.Conversation;
import dev.turnpike.session.Session;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What each session listens to, of each upstream, as long as it is open. Thread-safe. */
final class Listenings {
  private record Key(String session, String upstream) {}

  /** Upstreams do not know callers, but what one may hear is not looked at for another. */
  private record Shared(Caller caller, String endpoint, String upstream) {}

  private final ModernSide side;
  private final Map<Key, SessionListening> all = new ConcurrentHashMap<>();
  private final Map<Shared, SharedListening> shared = new ConcurrentHashMap<>();

  Listenings(ModernSide side) {
    this.side = side;
  }

  SessionListening of(Session session, Conversation kept, String upstream) {
    SessionListening[] fresh = new SessionListening[1];
    SessionListening found =
        all.computeIfAbsent(
            new Key(session.id(), upstream),
            _ -> {
              SessionListening made = made(session, upstream);
              fresh[0] = made;
              return made;
            });
    if (fresh[0] != null) {
      kept.atEnd(() -> ended(session, upstream));
    }
    return found;
  }

  private SessionListening made(Session session, String upstream) {
    SessionListening[] made = new SessionListening[1];
    // who joins and who leaves last do not miss each other
    shared.compute(
        new Shared(session.caller(), session.endpoint(), upstream),
        (_, there) -> {
          SharedListening listening =
              there == null ? new SharedListening(session.caller(), side.tools()) : there;
          made[0] = new SessionListening(session, upstream, side, listening);
          listening.join(made[0]);
          return listening;
        });
    return made[0];
  }

  private void ended(Session session, String upstream) {
    SessionListening gone = all.remove(new Key(session.id(), upstream));
    if (gone != null) {
      gone.close();
      shared.computeIfPresent(
          new Shared(session.caller(), session.endpoint(), upstream),
          (_, there) -> there.leave(gone) ? there : null);
    }
  }
}
