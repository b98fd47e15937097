package dev.turnpike.demo;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one client of the legacy server has open. Used on one event loop only. */
final class LegacySession {
  private final String id;
  private final boolean canBeAsked;
  private final Map<String, Consumer<JsonObject>> asked = new HashMap<>();
  private final Map<Object, Runnable> running = new HashMap<>();
  private int questions;
  private @Nullable Answer channel;

  /**
   * @param canBeAsked whether the client declared elicitation
   */
  LegacySession(String id, boolean canBeAsked) {
    this.id = id;
    this.canBeAsked = canBeAsked;
  }

  String id() {
    return id;
  }

  boolean canBeAsked() {
    return canBeAsked;
  }

  /** An id for a request of the server, under which its answer will come back. */
  String ask(Consumer<JsonObject> answered) {
    questions++;
    String question = "question-" + questions;
    asked.put(question, answered);
    return question;
  }

  void forget(String question) {
    asked.remove(question);
  }

  /** Takes a response of the client; one that nobody waits for is passed over. */
  void answered(JsonObject response) {
    Consumer<JsonObject> waiting =
        response.getValue("id") instanceof String question ? asked.remove(question) : null;
    if (waiting != null) {
      waiting.accept(response);
    }
  }

  /** Notes how to stop the request of that id. */
  void begin(Object requestId, Runnable stop) {
    running.put(requestId, stop);
  }

  void done(Object requestId) {
    running.remove(requestId);
  }

  void cancel(@Nullable Object requestId) {
    Runnable stop = requestId == null ? null : running.remove(requestId);
    if (stop != null) {
      stop.run();
    }
  }

  /** Makes this the stream for what belongs to no request. False if there is one already. */
  boolean connect(Answer stream) {
    if (channel != null && !channel.gone()) {
      return false;
    }
    channel = stream;
    return true;
  }

  /** Ends everything that is open. */
  void close() {
    Map.copyOf(running).keySet().forEach(this::cancel);
    asked.clear();
    if (channel != null) {
      channel.end();
    }
  }
}
