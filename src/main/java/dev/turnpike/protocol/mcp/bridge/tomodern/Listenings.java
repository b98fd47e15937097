package dev.turnpike.protocol.mcp.bridge.tomodern;

import dev.turnpike.session.Conversation;
import dev.turnpike.session.Session;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What each session listens to, of each upstream, as long as it is open. Thread-safe. */
final class Listenings {
  private record Key(String session, String upstream) {}

  private final ModernSide side;
  private final Map<Key, SessionListening> all = new ConcurrentHashMap<>();

  Listenings(ModernSide side) {
    this.side = side;
  }

  SessionListening of(Session session, Conversation kept, String upstream) {
    return all.computeIfAbsent(
        new Key(session.id(), upstream),
        key -> {
          SessionListening made = new SessionListening(session, upstream, side);
          kept.atEnd(() -> {
            all.remove(key);
            made.close();
          });
          return made;
        });
  }
}
