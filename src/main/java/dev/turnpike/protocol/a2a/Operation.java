package dev.turnpike.protocol.a2a;

import dev.turnpike.exchange.Verb;
import java.util.Arrays;
import java.util.Optional;

/** What can be asked of an agent, by the names of A2A 1.0. */
public enum Operation {
  SEND_MESSAGE("SendMessage"),
  SEND_STREAMING_MESSAGE("SendStreamingMessage"),
  GET_TASK("GetTask"),
  LIST_TASKS("ListTasks"),
  CANCEL_TASK("CancelTask"),
  SUBSCRIBE_TO_TASK("SubscribeToTask"),
  CREATE_TASK_PUSH_NOTIFICATION_CONFIG("CreateTaskPushNotificationConfig"),
  GET_TASK_PUSH_NOTIFICATION_CONFIG("GetTaskPushNotificationConfig"),
  LIST_TASK_PUSH_NOTIFICATION_CONFIGS("ListTaskPushNotificationConfigs"),
  DELETE_TASK_PUSH_NOTIFICATION_CONFIG("DeleteTaskPushNotificationConfig"),
  GET_EXTENDED_AGENT_CARD("GetExtendedAgentCard");

  private final String method;

  Operation(String method) {
    this.method = method;
  }

  public String method() {
    return method;
  }

  /** That of a name of A2A 1.0. */
  public static Optional<Operation> named(String method) {
    return Arrays.stream(values()).filter(one -> one.method.equals(method)).findFirst();
  }

  boolean says() {
    return this == SEND_MESSAGE || this == SEND_STREAMING_MESSAGE;
  }

  boolean streams() {
    return this == SEND_STREAMING_MESSAGE || this == SUBSCRIBE_TO_TASK;
  }

  boolean push() {
    return method.contains("PushNotification");
  }

  public boolean served() {
    return !push() && this != GET_EXTENDED_AGENT_CARD;
  }

  /** What it does, to rules and budgets. */
  public Verb verb() {
    return switch (this) {
      case SEND_MESSAGE, SEND_STREAMING_MESSAGE -> Verb.INVOKE;
      case GET_TASK -> Verb.READ;
      case SUBSCRIBE_TO_TASK -> Verb.SUBSCRIBE;
      default -> Verb.FOLLOW;
    };
  }
}
