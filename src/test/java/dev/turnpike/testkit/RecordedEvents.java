package dev.turnpike.testkit;

import dev.turnpike.exchange.Reply;
import dev.turnpike.rpc.Payload;
import java.util.ArrayList;
import java.util.List;

/** An event stream that remembers what was sent, and fails where something follows its end. */
public final class RecordedEvents implements Reply.EventSink {
  private final List<String> sent = new ArrayList<>();
  private final List<Runnable> whenDrained = new ArrayList<>();
  private boolean full;
  private boolean closed;
  private boolean whole;

  /** The data of each event, in order. */
  public List<String> sent() {
    return List.copyOf(sent);
  }

  /** Whether the stream was ended in good order. */
  public boolean whole() {
    return whole;
  }

  /** The caller stops reading. */
  public void fill() {
    full = true;
  }

  /** The caller has caught up. */
  public void drain() {
    full = false;
    List<Runnable> waiting = List.copyOf(whenDrained);
    whenDrained.clear();
    waiting.forEach(Runnable::run);
  }

  @Override
  public void event(String id, Payload data) {
    stillOpen();
    sent.add(data.text());
  }

  @Override
  public void named(String type, Payload data) {
    stillOpen();
  }

  @Override
  public void prime(String id, long retryMillis) {
    stillOpen();
  }

  @Override
  public boolean full() {
    return full;
  }

  @Override
  public void onDrain(Runnable action) {
    whenDrained.add(action);
  }

  @Override
  public void end() {
    stillOpen();
    closed = true;
    whole = true;
  }

  @Override
  public void cut() {
    closed = true;
  }

  @Override
  public boolean closed() {
    return closed;
  }

  private void stillOpen() {
    if (closed) {
      throw new AssertionError("the stream has ended");
    }
  }
}
