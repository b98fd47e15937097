package dev.turnpike.protocol.mcp.httpsse;

import dev.turnpike.exchange.Reply.EventSink;
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
final class Line {
  private final String id;
  private final String path;
  private final EventSink sink;
  private final Map<Object, Runnable> whenGone = new ConcurrentHashMap<>();
  private final AtomicBoolean gone = new AtomicBoolean();
  private final AtomicBoolean listening = new AtomicBoolean();
  private volatile @Nullable String session;
  private volatile boolean old;

  /**
   * @param path that it was opened at, and everything is posted to
   */
  Line(String id, String path, EventSink sink) {
    this.id = id;
    this.path = path;
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

  /** The first session stays. */
  synchronized void opened(String newSession) {
    if (session == null) {
      session = newSession;
    }
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
    gone.set(true);
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
