package dev.turnpike.protocol.a2a;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.a2a.tree.Misshapen;
import dev.turnpike.protocol.a2a.tree.Shape;
import dev.turnpike.protocol.a2a.tree.Shapes;
import dev.turnpike.rpc.Payload;
import java.util.Map;

/** The canonical form of what is asked and answered, operation by operation. */
final class Params {
  private Params() {}

  /** What a caller asks. */
  static Map<String, Object> read(Dialect dialect, Operation operation, Payload params)
      throws Refused {
    try {
      return dialect.params(operation, params);
    } catch (Misshapen misshapen) {
      throw new Refused(
          misshapen.isTwice()
              ? new Refusal.Malformed(misshapen.reason())
              : new Refusal.ProtocolRule(
                  200, A2aErrors.INVALID_PARAMS, "Invalid params: " + misshapen.reason()));
    }
  }

  /**
   * How parameters of 1.0 are shaped.
   *
   * @throws IllegalArgumentException for an operation that is not served
   */
  static Shape asked(Operation operation) {
    return switch (operation) {
      case SEND_MESSAGE, SEND_STREAMING_MESSAGE -> Shapes.SEND;
      case GET_TASK -> Shapes.GET_TASK;
      case LIST_TASKS -> Shapes.LIST_TASKS;
      case CANCEL_TASK -> Shapes.CANCEL_TASK;
      case SUBSCRIBE_TO_TASK -> Shapes.SUBSCRIBE_TO_TASK;
      case CREATE_TASK_PUSH_NOTIFICATION_CONFIG,
          GET_TASK_PUSH_NOTIFICATION_CONFIG,
          LIST_TASK_PUSH_NOTIFICATION_CONFIGS,
          DELETE_TASK_PUSH_NOTIFICATION_CONFIG,
          GET_EXTENDED_AGENT_CARD ->
          throw new IllegalArgumentException(operation + " is not served");
    };
  }

  /**
   * How a result of 1.0 that is no stream is shaped.
   *
   * @throws IllegalArgumentException for an operation that has none, or is not served
   */
  static Shape answered(Operation operation) {
    return switch (operation) {
      case SEND_MESSAGE -> Shapes.SENT;
      case GET_TASK, CANCEL_TASK -> Shapes.TASK;
      case LIST_TASKS -> Shapes.TASKS;
      case SEND_STREAMING_MESSAGE,
          SUBSCRIBE_TO_TASK,
          CREATE_TASK_PUSH_NOTIFICATION_CONFIG,
          GET_TASK_PUSH_NOTIFICATION_CONFIG,
          LIST_TASK_PUSH_NOTIFICATION_CONFIGS,
          DELETE_TASK_PUSH_NOTIFICATION_CONFIG,
          GET_EXTENDED_AGENT_CARD ->
          throw new IllegalArgumentException("no one result of " + operation);
    };
  }
}
