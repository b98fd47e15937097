package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.protocol.mcp.bridge.pool.Pool;
import dev.turnpike.session.Conversation;
import dev.turnpike.session.Session;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What each session hears of each legacy upstream, as long as it is open. Thread-safe. */
final class SessionWatches {
  private record Key(String session, String upstream) {}

  private final Pool pool;
  private final Map<Key, SessionWatch> all = new ConcurrentHashMap<>();

  SessionWatches(Pool pool) {
    this.pool = pool;
  }

  SessionWatch of(Session session, Conversation kept, String upstream) {
    return all.computeIfAbsent(
        new Key(session.id(), upstream),
        key -> {
          SessionWatch made = new SessionWatch(session, kept, pool, upstream);
          kept.atEnd(() -> {
            all.remove(key);
            made.close();
          });
          return made;
        });
  }
}
