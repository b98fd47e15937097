package dev.turnpike.protocol.a2a.rest;

import dev.turnpike.protocol.a2a.Operation;
import dev.turnpike.protocol.a2a.fault.Failure;
import dev.turnpike.protocol.a2a.fault.Fault;
import dev.turnpike.protocol.a2a.tree.Misshapen;
import dev.turnpike.protocol.a2a.tree.Shapes;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Results, events and errors: here they stand bare, with nothing around them. */
public final class RestAnswer {
  /** What bodies are said to be (1.0.1); that of 1.0.0 is {@code application/json}. */
  public static final String TYPE = "application/a2a+json";

  private RestAnswer() {}

  /**
   * The canonical result in a body of a status of 200 to 299; a canonical one is written as it is.
   *
   * @param body that was scanned, strictly
   * @throws IllegalArgumentException where the operation has no such result
   */
  public static Map<String, Object> result(Operation operation, Payload body) throws Misshapen {
    return switch (operation) {
      case SEND_MESSAGE -> Shapes.SENT.read(body);
      case GET_TASK, CANCEL_TASK -> Shapes.TASK.read(body);
      case LIST_TASKS -> Shapes.TASKS.read(body);
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

  /** The canonical event in the data of one of a stream that is no error. */
  public static Map<String, Object> event(Payload data) throws Misshapen {
    return Shapes.EVENT.read(data);
  }

  /**
   * The error that a body, or the last event of a stream, holds: by its reason, or else by a code
   * of JSON-RPC, which some write bare. Never by its status. One that names neither is an internal
   * error of the agent.
   *
   * @param body that was scanned, strictly
   * @return empty where it is no error at all
   */
  public static Optional<Failure> failure(Payload body) {
    Map<String, Object> all = object(JsonValue.read(body));
    Map<String, Object> error = all.containsKey("error") ? object(all.get("error")) : all;
    if (!(error.get("message") instanceof String message)
        || !(error.get("code") instanceof Long code)) {
      return Optional.empty();
    }
    List<Map<String, Object>> details =
        Failure.details(error.getOrDefault("details", error.get("data")));
    long told =
        Failure.named(details)
            .map(fault -> (long) fault.code())
            // a code above zero is the status once more
            .orElse(code < 0 ? code : Fault.INTERNAL_ERROR.code());
    return Optional.of(Failure.of(told, message, details));
  }

  /**
   * An error as a response.
   *
   * @param body of the response, and the data of an event where the stream has begun
   */
  public record Refusing(int status, String body) {}

  /**
   * As a response.
   *
   * @param table whose statuses are used
   */
  public static Refusing refusing(Failure failure, Fault.Table table) {
    Fault fault = failure.fault().orElse(Fault.INTERNAL_ERROR);
    int status = fault.httpStatus(table);
    return new Refusing(
        status, body(status, fault.status(), failure, Failure.named(fault, failure.details())));
  }

  /** As a response with a status of our own: A2A has no words for identity, rules and limits. */
  public static Refusing refusing(Failure failure, int status) {
    String word =
        switch (status) {
          case 400, 405, 413 -> "INVALID_ARGUMENT";
          case 401 -> "UNAUTHENTICATED";
          case 403 -> "PERMISSION_DENIED";
          case 404 -> "NOT_FOUND";
          case 429 -> "RESOURCE_EXHAUSTED";
          case 502, 503 -> "UNAVAILABLE";
          case 504 -> "DEADLINE_EXCEEDED";
          default -> "INTERNAL";
        };
    return new Refusing(status, body(status, word, failure, failure.details()));
  }

  private static String body(
      int status, String word, Failure failure, List<Map<String, Object>> details) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", status);
    error.put("status", word);
    error.put("message", failure.message());
    error.put("details", details);
    return JsonValue.write(Map.of("error", error));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Object value) {
    return value instanceof Map<?, ?> members ? (Map<String, Object>) members : Map.of();
  }
}
