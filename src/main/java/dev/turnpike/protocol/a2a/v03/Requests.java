package dev.turnpike.protocol.a2a.v03;

import dev.turnpike.protocol.a2a.Operation;
import dev.turnpike.protocol.a2a.tree.Misshapen;
import dev.turnpike.protocol.a2a.tree.OldShapes;
import dev.turnpike.protocol.a2a.tree.Shape;
import dev.turnpike.rpc.Payload;
import java.util.Map;

/** Parameters of requests (A2A 0.3.0, section 7). */
public final class Requests {
  private Requests() {}

  /**
   * Whether the parameters of an operation are known to both versions. Those of push notifications
   * and of the extended card are not: of these, 0.3 lends only its {@link Methods names}.
   */
  public static boolean takes(Operation operation) {
    return operation.served() && operation != Operation.LIST_TASKS;
  }

  /**
   * From 0.3, as a caller sent them, to the canonical ones.
   *
   * @param params that were scanned, strictly
   * @throws IllegalArgumentException where {@link #takes} says no
   */
  public static Map<String, Object> toCurrent(Operation operation, Payload params)
      throws Misshapen {
    Members members = new Members(shape(operation).read(params), "");
    if (says(operation)) {
      return members
          .one("message", ToCurrent::message)
          .one("configuration", Requests::currentConfiguration)
          .keep("metadata")
          .done();
    }
    members.keep("id");
    if (operation == Operation.GET_TASK) {
      return members.keep("historyLength").done();
    }
    // what goes with a cancellation is known to both; a subscription of 1.0 says nothing more
    return operation == Operation.CANCEL_TASK ? members.keep("metadata").done() : members.done();
  }

  /**
   * From the canonical ones to those that an agent of 0.3 takes.
   *
   * @throws IllegalArgumentException where {@link #takes} says no
   */
  public static Map<String, Object> toOld(Operation operation, Map<String, Object> params)
      throws Misshapen {
    if (!takes(operation)) {
      throw unknown(operation);
    }
    Members members = new Members(params, "");
    if (says(operation)) {
      return members
          .one("message", ToOld::message)
          .one("configuration", Requests::oldConfiguration)
          .keep("metadata")
          .done();
    }
    members.keep("id");
    if (operation == Operation.GET_TASK) {
      return members.keep("historyLength").done();
    }
    return operation == Operation.CANCEL_TASK ? members.keep("metadata").done() : members.done();
  }

  private static Map<String, Object> currentConfiguration(Map<String, Object> old, String path)
      throws Misshapen {
    Members members = new Members(old, path).keep("acceptedOutputModes", "historyLength");
    if (old.get("blocking") instanceof Boolean blocking) {
      members.put("returnImmediately", !blocking);
    }
    if (old.containsKey("pushNotificationConfig")) {
      members.put(
          "taskPushNotificationConfig",
          ToCurrent.push(
              Members.object(old.get("pushNotificationConfig")),
              members.below("pushNotificationConfig")));
    }
    return members.done();
  }

  private static Map<String, Object> oldConfiguration(Map<String, Object> current, String path)
      throws Misshapen {
    Members members =
        new Members(current, path)
            .keep("acceptedOutputModes", "historyLength")
            // said in full: agents take an absent one either way where there is a configuration
            .put("blocking", !Boolean.TRUE.equals(current.get("returnImmediately")));
    if (current.containsKey("taskPushNotificationConfig")) {
      members.put(
          "pushNotificationConfig",
          ToOld.push(
              Members.object(current.get("taskPushNotificationConfig")),
              members.below("taskPushNotificationConfig")));
    }
    return members.done();
  }

  private static boolean says(Operation operation) {
    return operation == Operation.SEND_MESSAGE || operation == Operation.SEND_STREAMING_MESSAGE;
  }

  private static Shape shape(Operation operation) {
    return switch (operation) {
      case SEND_MESSAGE, SEND_STREAMING_MESSAGE -> OldShapes.SEND;
      case GET_TASK -> OldShapes.GET_TASK;
      case CANCEL_TASK, SUBSCRIBE_TO_TASK -> OldShapes.TASK_ID;
      case LIST_TASKS,
          CREATE_TASK_PUSH_NOTIFICATION_CONFIG,
          GET_TASK_PUSH_NOTIFICATION_CONFIG,
          LIST_TASK_PUSH_NOTIFICATION_CONFIGS,
          DELETE_TASK_PUSH_NOTIFICATION_CONFIG,
          GET_EXTENDED_AGENT_CARD ->
          throw unknown(operation);
    };
  }

  private static IllegalArgumentException unknown(Operation operation) {
    return new IllegalArgumentException("no parameters of " + operation + " in 0.3");
  }
}
