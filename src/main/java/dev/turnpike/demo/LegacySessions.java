package dev.turnpike.demo;

import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The open sessions; when there are too many, the one unused for longest ends. */
final class LegacySessions {
  private static final int MOST = 1000;
  private static final int ID_BYTES = 24;

  private final Map<String, LegacySession> byId = new LinkedHashMap<>(16, 0.75f, true);
  private final RandomGenerator random;

  LegacySessions(RandomGenerator random) {
    this.random = random;
  }

  LegacySession open(boolean canBeAsked) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    LegacySession session =
        new LegacySession(
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), canBeAsked);
    byId.put(session.id(), session);
    if (byId.size() > MOST) {
      Iterator<LegacySession> eldest = byId.values().iterator();
      LegacySession unused = eldest.next();
      eldest.remove();
      unused.close();
    }
    return session;
  }

  Optional<LegacySession> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  void end(LegacySession session) {
    byId.remove(session.id());
    session.close();
  }

  void endAll() {
    List.copyOf(new HashMap<>(byId).values()).forEach(this::end);
  }
}
