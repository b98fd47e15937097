package dev.turnpike.testkit;

import dev.turnpike.exchange.Reply.EventSink;
import dev.turnpike.rpc.Payload;
import java.util.ArrayList;
import java.util.List;

/** An event stream that remembers what was sent on it. */
public final class RecordedSink implements EventSink {
  private final List<String> ids = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private boolean closed;

  @Override
  public void event(String id, Payload data) {
    ids.add(id);
    texts.add(data.text());
  }

  @Override
  public void named(String type, Payload data) {}

  @Override
  public void prime(String id, long retryMillis) {
    ids.add(id);
  }

  @Override
  public boolean full() {
    return false;
  }

  @Override
  public void onDrain(Runnable action) {
    action.run();
  }

  @Override
  public void end() {
    closed = true;
  }

  @Override
  public void cut() {
    closed = true;
  }

  @Override
  public boolean closed() {
    return closed;
  }

  public List<String> ids() {
    return ids;
  }

  public List<String> texts() {
    return texts;
  }
}
