package dev.turnpike.protocol.a2a;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that all that an agent says in one exchange is about one task: that which was asked
 * about, or else the first that it names.
 */
final class SameTask {
  private Optional<String> task;

  SameTask(Optional<String> asked) {
    this.task = asked;
  }

  /**
   * @param result a task, a list, or one member that holds a task, a message or an update
   */
  void judge(Map<String, Object> result) throws AgentAnswer.Wrong {
    Optional<String> named = named(result);
    if (named.isPresent() && task.isPresent() && !named.equals(task)) {
      throw new AgentAnswer.Wrong("answered about another task than it was asked about");
    }
    task = task.or(() -> named);
  }

  /** The task that a result names. */
  static Optional<String> named(Map<String, Object> result) {
    if (result.get("task") instanceof Map<?, ?> task) {
      return text(task.get("id"));
    }
    for (String update : new String[] {"message", "statusUpdate", "artifactUpdate"}) {
      if (result.get(update) instanceof Map<?, ?> members) {
        return text(members.get("taskId"));
      }
    }
    return text(result.get("id"));
  }

  private static Optional<String> text(@Nullable Object value) {
    return value instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
  }
}
