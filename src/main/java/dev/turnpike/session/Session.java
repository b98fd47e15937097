package dev.turnpike.session;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.rpc.RpcId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one caller has open on one endpoint, in a revision with sessions. Its id is no proof of
 * identity: every request must come from the same caller to the same endpoint. Thread-safe.
 */
public final class Session {
  private static final int MAX_ASKED = 256;
  private static final int MAX_ID = 1_024;
  private static final int MAX_STREAMS = 256;

  private final String id;
  private final Caller caller;
  private final String endpoint;
  private final String revision;
  private final String upstream;
  private final Optional<String> upstreamSession;
  private final Optional<Conversation> conversation;
  private final Ticker ticker;
  private final Supplier<String> keys;
  private final ReplayLimits replay;
  private final Map<String, EventLog> streams = new LinkedHashMap<>();
  private final Map<RpcId, Boolean> asked = new LinkedHashMap<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private @Nullable EventLog standing;
  private volatile long usedNanos;

  Session(
      String id,
      Caller caller,
      String endpoint,
      String revision,
      String upstream,
      Optional<String> upstreamSession,
      Optional<Conversation> conversation,
      Ticker ticker,
      Supplier<String> keys,
      ReplayLimits replay) {
    this.id = id;
    this.caller = caller;
    this.endpoint = endpoint;
    this.revision = revision;
    this.upstream = upstream;
    this.upstreamSession = upstreamSession;
    this.conversation = conversation;
    this.ticker = ticker;
    this.keys = keys;
    this.replay = replay;
    this.usedNanos = ticker.nanos();
  }

  public String id() {
    return id;
  }

  public String endpoint() {
    return endpoint;
  }

  public Caller caller() {
    return caller;
  }

  /** The revision that was agreed on when it was opened. */
  public String revision() {
    return revision;
  }

  /** The address of the server that it was opened on: its session id is for that one only. */
  public String upstream() {
    return upstream;
  }

  /** The upstream's own session id, which never reaches the caller. */
  public Optional<String> upstreamSession() {
    return upstreamSession;
  }

  /** What Turnpike remembers for an upstream without sessions; empty where it has one itself. */
  public Optional<Conversation> conversation() {
    return conversation;
  }

  boolean belongsTo(Caller other, String otherEndpoint) {
    return endpoint.equals(otherEndpoint) && caller.equals(other);
  }

  void touch() {
    usedNanos = ticker.nanos();
  }

  /** Since it was last used. */
  public long idleNanos() {
    return ticker.nanos() - usedNanos;
  }

  /**
   * A new stream, on which events can be replayed until it is stale. One that is opened after the
   * end of the session is dropped already.
   */
  public synchronized EventLog open() {
    if (ended.get()) {
      EventLog late = new EventLog(keys.get(), replay, ticker);
      late.drop();
      return late;
    }
    streams.values().removeIf(EventLog::stale);
    if (streams.size() >= MAX_STREAMS) {
      String oldest =
          streams.values().stream()
              .filter(EventLog::over)
              .findFirst()
              .orElseGet(() -> streams.values().iterator().next())
              .key();
      EventLog dropped = streams.remove(oldest);
      if (dropped != null) {
        dropped.drop();
      }
    }
    EventLog log = new EventLog(keys.get(), replay, ticker);
    streams.put(log.key(), log);
    return log;
  }

  /** The stream that the event id is of; empty if it is none of this session's. */
  public synchronized Optional<EventLog> streamOf(String eventId) {
    return streams.values().stream().filter(log -> log.owns(eventId)).findFirst();
  }

  /** The stream of what belongs to no request, if it is open. */
  public synchronized Optional<EventLog> standing() {
    return Optional.ofNullable(standing);
  }

  /** The stream of what belongs to no request; begun where there is none. */
  public synchronized EventLog outside() {
    EventLog known = standing;
    if (known == null) {
      known = open();
      standing = known;
    }
    return known;
  }

  public synchronized void standing(@Nullable EventLog log) {
    this.standing = log;
  }

  /**
   * Notes that the caller was asked something. The oldest question is forgotten when there are too
   * many.
   */
  public synchronized void asked(RpcId question) {
    if (question.lexeme().length() > MAX_ID) {
      return;
    }
    if (asked.size() >= MAX_ASKED) {
      asked.remove(asked.keySet().iterator().next());
    }
    asked.put(question, Boolean.TRUE);
  }

  /** Whether the caller was asked this and has not answered yet. An answer is taken once. */
  public synchronized boolean answers(RpcId question) {
    return asked.remove(question) != null;
  }

  public boolean ended() {
    return ended.get();
  }

  /** Whether anybody is connected, or something is under way that would be lost. */
  synchronized boolean busy() {
    return streams.values().stream().anyMatch(EventLog::connected);
  }

  /** Lets go of streams that nobody came back to. */
  synchronized void sweep() {
    streams.values().forEach(EventLog::sweep);
    streams.values().removeIf(EventLog::stale);
  }

  boolean end() {
    if (!ended.compareAndSet(false, true)) {
      return false;
    }
    synchronized (this) {
      streams.values().forEach(EventLog::drop);
      streams.clear();
      asked.clear();
      standing = null;
    }
    conversation.ifPresent(Conversation::end);
    return true;
  }
}
