package dev.turnpike.session;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Ticker;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** Every open session of this process. Thread-safe. */
public final class Sessions {
  /**
   * How many, and for how long.
   *
   * @param idle a session that is not used for so long, and has no stream connected, ends
   * @param total sessions in all; a new one past it takes the place of none
   * @param perCaller sessions of one caller that is known, on one endpoint
   * @param unknown sessions of all callers without an identity, on one endpoint
   */
  public record Limits(Duration idle, int total, int perCaller, int unknown) {
    public static final Limits DEFAULT = new Limits(Duration.ofMinutes(30), 50_000, 1_000, 20_000);

    int of(Caller caller) {
      return caller.equals(Caller.ANONYMOUS) ? unknown : perCaller;
    }
  }

  private static final int ID_BYTES = 32;
  private static final int STREAM_KEY_BYTES = 9;

  private final Map<String, Session> byId = new ConcurrentHashMap<>();
  private final Limits limits;
  private final ReplayLimits replay;
  private final Ticker ticker;
  private final RandomGenerator random;
  private final String prefix;

  /**
   * @param random a source that cannot be predicted, safe for use by several threads
   */
  public Sessions(Limits limits, ReplayLimits replay, Ticker ticker, RandomGenerator random) {
    this(limits, replay, ticker, random, "");
  }

  /**
   * @param random a source that cannot be predicted, safe for use by several threads
   * @param prefix what all ids begin with; may be empty
   */
  public Sessions(
      Limits limits, ReplayLimits replay, Ticker ticker, RandomGenerator random, String prefix) {
    this.prefix = prefix;
    this.limits = limits;
    this.replay = replay;
    this.ticker = ticker;
    this.random = random;
  }

  /** Whether the caller may open one more. */
  public boolean roomFor(Caller caller, String endpoint) {
    if (byId.size() >= limits.total()) {
      return false;
    }
    return byId.size() < limits.of(caller)
        || byId.values().stream().filter(s -> s.belongsTo(caller, endpoint)).count()
            < limits.of(caller);
  }

  /** Opens a session before an upstream of the same era, which may have one of its own. */
  public Session open(
      Caller caller,
      String endpoint,
      String revision,
      String upstream,
      Optional<String> upstreamSession) {
    return open(caller, endpoint, revision, upstream, upstreamSession, Optional.empty());
  }

  /** Opens a session before an upstream of an era without sessions. */
  public Session open(
      Caller caller, String endpoint, String revision, String upstream, Conversation conversation) {
    return open(caller, endpoint, revision, upstream, Optional.empty(), Optional.of(conversation));
  }

  // under a new id of 256 random bits
  private Session open(
      Caller caller,
      String endpoint,
      String revision,
      String upstream,
      Optional<String> upstreamSession,
      Optional<Conversation> conversation) {
    String id = prefix + token(ID_BYTES);
    Session session =
        new Session(
            id,
            caller,
            endpoint,
            revision,
            upstream,
            upstreamSession,
            conversation,
            ticker,
            () -> token(STREAM_KEY_BYTES),
            replay);
    byId.put(id, session);
    return session;
  }

  /** The session of that id, if it is this caller's on this endpoint, and open. */
  public Optional<Session> find(String id, Caller caller, String endpoint) {
    Session session = byId.get(id);
    if (session == null || session.ended() || !session.belongsTo(caller, endpoint)) {
      return Optional.empty();
    }
    session.touch();
    return Optional.of(session);
  }

  /** Ends the session. False if it had ended before. */
  public boolean end(Session session) {
    byId.remove(session.id(), session);
    return session.end();
  }

  /** Ends what nobody uses any more, and says what that was. */
  public List<Session> sweep() {
    long idle = limits.idle().toNanos();
    byId.values().forEach(Session::sweep);
    return byId.values().stream()
        .filter(s -> s.idleNanos() > idle && !s.busy())
        .filter(this::end)
        .toList();
  }

  public Collection<Session> all() {
    return List.copyOf(byId.values());
  }

  private String token(int bytes) {
    byte[] raw = new byte[bytes];
    random.nextBytes(raw);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
  }
}
