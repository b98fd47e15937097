package dev.turnpike.protocol.mcp.httpsse;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply.EventSink;
import dev.turnpike.protocol.mcp.McpErrors;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Batched;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One caller's stream of events, from its opening to its end, and the session that is on it.
 * Thread-safe.
 */
public final class Line {
  private final String id;
  private final String path;
  private final Caller caller;
  private final EventSink sink;
  private final Map<Object, Runnable> whenGone = new ConcurrentHashMap<>();
  private final AtomicBoolean gone = new AtomicBoolean();
  private final AtomicBoolean listening = new AtomicBoolean();
  private volatile @Nullable String session;
  private volatile boolean old;
  private volatile @Nullable Inbound last;

  /**
   * @param path that it was opened at, and everything is posted to
   * @param caller who opened it
   */
  Line(String id, String path, Caller caller, EventSink sink) {
    this.id = id;
    this.path = path;
    this.caller = caller;
    this.sink = sink;
  }

  String id() {
    return id;
  }

  String path() {
    return path;
  }

  /** The session that is on it, once there is one. */
  Optional<String> session() {
    return Optional.ofNullable(session);
  }

  Caller caller() {
    return caller;
  }

  /** Whether the request is of the caller who opened it; then it is the last that was. */
  boolean takes(Inbound inbound, Caller asking) {
    boolean own = caller.equals(asking);
    if (own) {
      last = inbound;
    }
    return own;
  }

  /** The last request of its caller. */
  Optional<Inbound> last() {
    return Optional.ofNullable(last);
  }

  /**
   * A session is about to be opened on it.
   *
   * @throws Refused where there is one
   */
  public void mayOpen() throws Refused {
    if (session != null) {
      throw new Refused(
          new Refusal.ProtocolRule(
              400, McpErrors.INVALID_REQUEST, "There is a session on this stream already"));
    }
  }

  /**
   * A session has been opened on it. The first stays, as long as the caller does; whether it is
   * this one.
   */
  synchronized boolean opened(String newSession) {
    if (session == null && !gone.get()) {
      session = newSession;
    }
    return newSession.equals(session);
  }

  /** Its session has agreed on 2024-11-05. */
  void isOld() {
    old = true;
  }

  boolean old() {
    return old;
  }

  /** Whether nobody has begun yet to listen to what belongs to no request. */
  boolean beginsToListen() {
    return listening.compareAndSet(false, true);
  }

  /** There is nothing on it any more that could be spoken to: the caller sees it end. */
  void close() {
    sink.end();
    leave();
  }

  /** Whether the caller has left. */
  boolean left() {
    return gone.get();
  }

  /** Says it: a message, or each of several. */
  void say(Payload json) {
    Batched.each(json, message -> sink.event("", old ? Downgrade.of(message) : message));
  }

  EventSink sink() {
    return sink;
  }

  /** Runs when the caller has left; at once where that is so already. */
  void onGone(Object key, Runnable action) {
    whenGone.put(key, action);
    if (gone.get() && whenGone.remove(key) != null) {
      action.run();
    }
  }

  void forget(Object key) {
    whenGone.remove(key);
  }

  /** The caller has left, or was asked to. */
  void leave() {
    synchronized (this) {
      // a session that is opened from now on is not kept
      gone.set(true);
    }
    whenGone
        .keySet()
        .forEach(key -> {
          Runnable action = whenGone.remove(key);
          if (action != null) {
            action.run();
          }
        });
  }
}
