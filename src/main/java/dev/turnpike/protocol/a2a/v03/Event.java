package dev.turnpike.protocol.a2a.v03;

import dev.turnpike.protocol.a2a.tree.Misshapen;
import dev.turnpike.protocol.a2a.tree.OldShapes;
import dev.turnpike.rpc.Payload;
import java.util.Map;

/**
 * One event of a stream.
 *
 * @param value in its canonical form: one member that holds a task, a message or an update
 * @param last whether an agent of 0.3 says that none follows ({@code final})
 */
public record Event(Map<String, Object> value, boolean last) {
  /**
   * From what an agent of 0.3 sent.
   *
   * @param result that was scanned, strictly
   */
  public static Event toCurrent(Payload result) throws Misshapen {
    Map<String, Object> old = OldShapes.EVENT.read(result);
    return switch (Members.text(old.get("kind"))) {
      case "task" -> of("task", ToCurrent.task(old, ""), false);
      case "message" -> of("message", ToCurrent.message(old, ""), true);
      case "status-update" ->
          of(
              "statusUpdate",
              ToCurrent.statusUpdate(old, ""),
              Boolean.TRUE.equals(old.get("final")));
      default -> of("artifactUpdate", ToCurrent.artifactUpdate(old, ""), false);
    };
  }

  private static Event of(String name, Map<String, Object> value, boolean last) {
    return new Event(Map.of(name, value), last);
  }

  /**
   * As a caller of 0.3 gets it.
   *
   * @param event in its canonical form
   * @param last whether the stream is known to end with it; what ends a task is last by itself
   */
  public static Map<String, Object> toOld(Map<String, Object> event, boolean last)
      throws Misshapen {
    if (event.containsKey("statusUpdate")) {
      return ToOld.statusUpdate(Members.object(event.get("statusUpdate")), last);
    }
    if (event.containsKey("artifactUpdate")) {
      return ToOld.artifactUpdate(Members.object(event.get("artifactUpdate")));
    }
    return event.containsKey("task")
        ? ToOld.task(Members.object(event.get("task")), "task")
        : ToOld.message(Members.object(event.get("message")), "message");
  }
}
