package dev.turnpike.protocol.a2a.v03;

import dev.turnpike.protocol.a2a.Operation;
import dev.turnpike.protocol.a2a.tree.Misshapen;
import dev.turnpike.protocol.a2a.tree.OldShapes;
import dev.turnpike.rpc.Payload;
import java.util.Map;

/** Results that are no stream: 0.3 tells by {@code kind} what 1.0 tells by the name of a member. */
public final class Results {
  private Results() {}

  /**
   * From what an agent of 0.3 answered to the canonical result.
   *
   * @param result that was scanned, strictly
   * @throws IllegalArgumentException where the operation has no such result
   */
  public static Map<String, Object> toCurrent(Operation operation, Payload result)
      throws Misshapen {
    if (sent(operation)) {
      Map<String, Object> old = OldShapes.SENT.read(result);
      return "task".equals(old.get("kind"))
          ? Map.of("task", ToCurrent.task(old, ""))
          : Map.of("message", ToCurrent.message(old, ""));
    }
    return ToCurrent.task(OldShapes.TASK.read(result), "");
  }

  /**
   * From the canonical result to what a caller of 0.3 gets.
   *
   * @throws IllegalArgumentException where the operation has no such result
   */
  public static Map<String, Object> toOld(Operation operation, Map<String, Object> result)
      throws Misshapen {
    if (!sent(operation)) {
      return ToOld.task(result, "");
    }
    return result.containsKey("task")
        ? ToOld.task(Members.object(result.get("task")), "task")
        : ToOld.message(Members.object(result.get("message")), "message");
  }

  private static boolean sent(Operation operation) {
    return switch (operation) {
      case SEND_MESSAGE -> true;
      case GET_TASK, CANCEL_TASK -> false;
      case SEND_STREAMING_MESSAGE,
          LIST_TASKS,
          SUBSCRIBE_TO_TASK,
          CREATE_TASK_PUSH_NOTIFICATION_CONFIG,
          GET_TASK_PUSH_NOTIFICATION_CONFIG,
          LIST_TASK_PUSH_NOTIFICATION_CONFIGS,
          DELETE_TASK_PUSH_NOTIFICATION_CONFIG,
          GET_EXTENDED_AGENT_CARD ->
          throw new IllegalArgumentException("no result of " + operation + " in 0.3");
    };
  }
}
