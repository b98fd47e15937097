package dev.turnpike.session;

import dev.turnpike.exchange.Reply.EventSink;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.rpc.Payload;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One stream to a caller, with what was sent on it lately. A caller that lost the connection comes
 * back with the last event id that it saw and gets what followed. Thread-safe.
 */
public final class EventLog {
  private record Entry(long number, Payload data, long atNanos) {}

  private final String key;
  private final ReplayLimits limits;
  private final Ticker ticker;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private @Nullable EventSink sink;
  private long bytes;
  private long number;
  private boolean ended;
  private boolean dropped;
  private long touchedNanos;
  private long lostNanos;
  private @Nullable Runnable abandoned;

  EventLog(String key, ReplayLimits limits, Ticker ticker) {
    this.key = key;
    this.limits = limits;
    this.ticker = ticker;
    this.touchedNanos = ticker.nanos();
    this.lostNanos = touchedNanos;
  }

  /**
   * What the ids of this stream's events begin with: random, so that it means nothing elsewhere.
   */
  public String key() {
    return key;
  }

  /** Sends the event to whoever is connected, and keeps it for who may come back. */
  public synchronized void publish(Payload data) {
    if (ended) {
      return;
    }
    long now = ticker.nanos();
    touchedNanos = now;
    entries.addLast(new Entry(++number, data, now));
    bytes += data.size();
    trim(now);
    if (sink != null && !sink.closed()) {
      sink.event(id(number), data);
    }
  }

  /** Gives the caller an id to come back with before there is an event. */
  public synchronized void prime(long retryMillis) {
    if (sink != null && !sink.closed()) {
      sink.prime(id(number), retryMillis);
    }
  }

  /**
   * Connects a caller from the beginning of the stream. An earlier connection is ended, and this
   * one too where the stream was dropped.
   */
  public synchronized void attach(EventSink connected) {
    if (dropped) {
      connected.end();
      return;
    }
    replace(connected);
  }

  /**
   * Connects a caller again and sends what came after the event it saw last.
   *
   * @return false if that is no event of this stream
   */
  public synchronized boolean resume(EventSink connected, String lastEventId) {
    OptionalLong last = numberOf(lastEventId);
    if (last.isEmpty() || last.getAsLong() > number) {
      return false;
    }
    trim(ticker.nanos());
    replace(connected);
    for (Entry entry : entries) {
      if (entry.number() > last.getAsLong()) {
        connected.event(id(entry.number()), entry.data());
      }
    }
    if (ended) {
      connected.end();
    }
    return true;
  }

  /** Connects a caller and sends all that is still kept. */
  public synchronized void attachToAll(EventSink connected) {
    if (!resume(connected, id(0))) {
      connected.end();
    }
  }

  /** Whether the id names an event of this stream that was sent, or its beginning. */
  public synchronized boolean owns(String eventId) {
    OptionalLong last = numberOf(eventId);
    return last.isPresent() && last.getAsLong() >= 0 && last.getAsLong() <= number;
  }

  /** No more events will come. What was sent can still be had, for its time. */
  public synchronized void end() {
    ended = true;
    touchedNanos = ticker.nanos();
    if (sink != null) {
      sink.end();
      sink = null;
    }
  }

  /** Ends the stream, forgets what was sent on it, and stops what feeds it. */
  public void drop() {
    Runnable feed;
    synchronized (this) {
      feed = abandoned;
      abandoned = null;
      ended = true;
      dropped = true;
      entries.clear();
      bytes = 0;
      if (sink != null) {
        sink.end();
        sink = null;
      }
    }
    if (feed != null) {
      feed.run();
    }
  }

  /** Whether the connected caller reads too slowly; false when none is connected. */
  public synchronized boolean full() {
    return sink != null && !sink.closed() && sink.full();
  }

  /** Runs when {@link #full} has become false, at once when it is. */
  public synchronized void onDrain(Runnable action) {
    if (full() && sink != null) {
      sink.onDrain(action);
    } else {
      action.run();
    }
  }

  public synchronized boolean connected() {
    return sink != null && !sink.closed();
  }

  /**
   * Runs when nobody has been connected for the replay time, or the stream is dropped; at once
   * where it was dropped before: what feeds this stream can stop.
   */
  public void whenAbandoned(Runnable action) {
    synchronized (this) {
      if (!dropped) {
        this.abandoned = action;
        return;
      }
    }
    action.run();
  }

  synchronized boolean over() {
    return ended;
  }

  /** Called from time to time: notices that nobody came back. */
  void sweep() {
    Runnable action = null;
    synchronized (this) {
      long now = ticker.nanos();
      trim(now);
      if (ended || connected()) {
        lostNanos = now;
      } else if (now - lostNanos > limits.age().toNanos()) {
        action = abandoned;
        abandoned = null;
      }
    }
    if (action != null) {
      action.run();
    }
  }

  /** Whether nobody can want this stream any more. */
  synchronized boolean stale() {
    return ended && ticker.nanos() - touchedNanos > limits.age().toNanos();
  }

  private void replace(EventSink connected) {
    if (sink != null && sink != connected && !sink.closed()) {
      sink.end();
    }
    sink = connected;
    touchedNanos = ticker.nanos();
  }

  private void trim(long now) {
    while (!entries.isEmpty()
        && (entries.size() > limits.events()
            || (bytes > limits.bytes() && entries.size() > 1)
            || now - entries.getFirst().atNanos() > limits.age().toNanos())) {
      bytes -= entries.removeFirst().data().size();
    }
  }

  private String id(long of) {
    return key + "-" + of;
  }

  private OptionalLong numberOf(String eventId) {
    if (!eventId.startsWith(key + "-")) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseUnsignedLong(eventId.substring(key.length() + 1)));
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }
}
