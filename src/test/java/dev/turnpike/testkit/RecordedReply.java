package dev.turnpike.testkit;

import dev.turnpike.exchange.Reply;
import dev.turnpike.rpc.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A reply that remembers what was said, and fails where it is said twice. */
public final class RecordedReply implements Reply {
  private final Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final List<Runnable> whenGone = new ArrayList<>();
  private final RecordedEvents events = new RecordedEvents();
  private int status;
  private String contentType = "";
  private Payload body = Payload.EMPTY;

  /** 0 as long as nothing was answered. */
  public int status() {
    return status;
  }

  public String contentType() {
    return contentType;
  }

  public String body() {
    return body.text();
  }

  public Map<String, String> fields() {
    return fields;
  }

  public RecordedEvents events() {
    return events;
  }

  /** The caller goes away. */
  public void hangUp() {
    whenGone.forEach(Runnable::run);
  }

  @Override
  public void header(String name, String value) {
    notYetCommitted();
    fields.put(name, value);
  }

  @Override
  public void answer(int code, String type, Payload payload) {
    notYetCommitted();
    status = code;
    contentType = type;
    body = payload;
  }

  @Override
  public EventSink stream() {
    answer(200, "text/event-stream", Payload.EMPTY);
    return events;
  }

  @Override
  public boolean committed() {
    return status != 0;
  }

  @Override
  public void onGone(Runnable action) {
    whenGone.add(action);
  }

  private void notYetCommitted() {
    if (committed()) {
      throw new AssertionError("answered already, with " + status);
    }
  }
}
