package dev.turnpike.protocol.mcp.bridge.tomodern;

import dev.turnpike.session.Conversation;
import dev.turnpike.session.Session;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What each session listens to, as long as it is open. Thread-safe. */
final class Listenings {
  private final ModernSide side;
  private final Map<String, Listening> bySession = new ConcurrentHashMap<>();

  Listenings(ModernSide side) {
    this.side = side;
  }

  Listening of(Session session, Conversation kept) {
    return bySession.computeIfAbsent(
        session.id(),
        id -> {
          Listening made = new Listening(session, side);
          kept.atEnd(() -> {
            bySession.remove(id);
            made.close();
          });
          return made;
        });
  }
}
