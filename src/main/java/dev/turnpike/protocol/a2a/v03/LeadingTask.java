package dev.turnpike.protocol.a2a.v03;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sees to it that a stream of 0.3 begins as one of 1.0 does: with the task, or with one message. Of
 * one stream, and of one thread at a time.
 */
public final class LeadingTask {
  private boolean begun;

  /**
   * The events to send on in place of one.
   *
   * @param event in its canonical form
   * @return the event, behind the task as far as it is known where the stream begins with an update
   */
  public List<Map<String, Object>> before(Map<String, Object> event) {
    boolean first = !begun;
    begun = true;
    if (!first || event.containsKey("task") || event.containsKey("message")) {
      return List.of(event);
    }
    Map<String, Object> update =
        Members.object(event.getOrDefault("statusUpdate", event.get("artifactUpdate")));
    Map<String, Object> task = new LinkedHashMap<>();
    task.put("id", Members.text(update.get("taskId")));
    String context = Members.text(update.get("contextId"));
    if (!context.isEmpty()) {
      task.put("contextId", context);
    }
    task.put("status", update.getOrDefault("status", Map.of("state", Words.WORKING)));
    return List.of(Map.of("task", task), event);
  }
}
