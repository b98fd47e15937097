package dev.turnpike.protocol.mcp.duplex;

import dev.turnpike.rpc.Payload;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A legacy session at a peer: what it has subscribed to, and its stream of what belongs to no
 * request. Thread-safe.
 */
final class Session {
  private static final int MOST_WAITING = 64;
  // no more than a stream takes at once, however large a message it may be
  private static final long MOST_WAITING_BYTES = 512L * 1024;
  private static final int MOST_URIS = 1_000;

  private final String id;
  private final Set<String> uris = new HashSet<>();
  private final Deque<Payload> waiting = new ArrayDeque<>();
  private long bytes;
  private @Nullable Exchange outside;
  private boolean ended;

  Session(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  /** This is the stream from now on; one before it ends. */
  synchronized void listen(Exchange stream) {
    if (ended) {
      stream.opened();
      stream.end();
      return;
    }
    Exchange before = outside;
    outside = stream;
    stream.onLeft(this::left);
    stream.opened();
    waiting.forEach(stream::say);
    forget();
    if (before != null) {
      before.end();
    }
  }

  private synchronized void left(Exchange stream) {
    if (outside == stream) {
      outside = null;
    }
  }

  /** Says it on the stream, or as soon as there is one; the oldest of too much is forgotten. */
  synchronized void say(Payload message) {
    Exchange stream = outside;
    if (stream != null) {
      stream.say(message);
      return;
    }
    waiting.add(message);
    bytes += message.size();
    while (waiting.size() > 1 && (waiting.size() > MOST_WAITING || bytes > MOST_WAITING_BYTES)) {
      bytes -= waiting.remove().size();
    }
  }

  /** Whether there is a stream to say things on. */
  synchronized boolean heard() {
    return outside != null;
  }

  private void forget() {
    waiting.clear();
    bytes = 0;
  }

  /** Whether it was not subscribed to before. */
  synchronized boolean subscribe(String uri) {
    return uris.size() < MOST_URIS && uris.add(uri);
  }

  synchronized void unsubscribe(String uri) {
    uris.remove(uri);
  }

  synchronized boolean subscribed(String uri) {
    return uris.contains(uri);
  }

  synchronized Set<String> uris() {
    return Set.copyOf(uris);
  }

  /** It is over, and its stream with it. */
  synchronized void end() {
    ended = true;
    forget();
    Exchange stream = outside;
    outside = null;
    if (stream != null) {
      stream.end();
    }
  }
}
