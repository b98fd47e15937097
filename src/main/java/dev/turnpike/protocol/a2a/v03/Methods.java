package dev.turnpike.protocol.a2a.v03;

import dev.turnpike.protocol.a2a.Operation;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How 0.3 names what can be asked (A2A 0.3.0, section 3.5.6). There is no list of tasks in it. */
public final class Methods {
  /** The header field of the extensions, which 1.0 calls {@code A2A-Extensions}. */
  public static final String EXTENSIONS = "X-A2A-Extensions";

  private static final Map<Operation, String> NAMES =
      Map.of(
          Operation.SEND_MESSAGE, "message/send",
          Operation.SEND_STREAMING_MESSAGE, "message/stream",
          Operation.GET_TASK, "tasks/get",
          Operation.CANCEL_TASK, "tasks/cancel",
          Operation.SUBSCRIBE_TO_TASK, "tasks/resubscribe",
          Operation.CREATE_TASK_PUSH_NOTIFICATION_CONFIG, "tasks/pushNotificationConfig/set",
          Operation.GET_TASK_PUSH_NOTIFICATION_CONFIG, "tasks/pushNotificationConfig/get",
          Operation.LIST_TASK_PUSH_NOTIFICATION_CONFIGS, "tasks/pushNotificationConfig/list",
          Operation.DELETE_TASK_PUSH_NOTIFICATION_CONFIG, "tasks/pushNotificationConfig/delete",
          Operation.GET_EXTENDED_AGENT_CARD, "agent/getAuthenticatedExtendedCard");

  private static final Map<String, Operation> OPERATIONS =
      NAMES.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  private Methods() {}

  /** Empty for a name that is not one of 0.3, also where it is one of 1.0. */
  public static Optional<Operation> operation(String method) {
    return Optional.ofNullable(OPERATIONS.get(method));
  }

  /** Empty for what cannot be asked in 0.3: an agent of 0.3 does not support it. */
  public static Optional<String> method(Operation operation) {
    return Optional.ofNullable(NAMES.get(operation));
  }
}
