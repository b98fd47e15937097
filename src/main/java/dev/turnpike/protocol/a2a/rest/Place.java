package dev.turnpike.protocol.a2a.rest;

import dev.turnpike.protocol.a2a.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a path names.
 *
 * @param byVerb what each verb asks there, in the order of preference
 * @param names the members of the request that the path holds
 */
record Place(Map<String, Operation> byVerb, Map<String, Object> names) {
  private static final List<String> ROOTS =
      List.of("message:send", "message:stream", "tasks", "extendedAgentCard");
  private static final String PUSH = "pushNotificationConfigs";

  /**
   * Reads a path.
   *
   * @param path as it stood in the request line, below the base, with its slash in front
   */
  static Place read(String path) throws Unroutable {
    if (!path.startsWith("/")) {
      throw Unroutable.nothing();
    }
    List<String> segments = new ArrayList<>(Arrays.asList(path.substring(1).split("/", -1)));
    for (String segment : segments) {
      if (segment.isEmpty()) {
        throw Unroutable.malformed("the path has an empty segment");
      }
      String decoded = Percent.segment(segment);
      if (decoded.equals(".") || decoded.equals("..")) {
        throw Unroutable.malformed("the path has a segment of dots");
      }
    }
    Map<String, Object> names = new LinkedHashMap<>();
    if (segments.size() > 1 && !isRoot(segments.getFirst())) {
      names.put("tenant", Ids.read(segments.removeFirst()));
    }
    return new Place(route(segments, names), names);
  }

  /** Whether a first segment is never taken for that of a tenant. */
  static boolean isRoot(String segment) {
    return ROOTS.contains(segment);
  }

  private static Map<String, Operation> route(List<String> segments, Map<String, Object> names)
      throws Unroutable {
    return switch (segments.size()) {
      case 1 -> single(segments.getFirst());
      case 2 -> task(segments, names);
      case 3, 4 -> push(segments, names);
      default -> throw Unroutable.nothing();
    };
  }

  private static Map<String, Operation> single(String segment) throws Unroutable {
    return switch (segment) {
      case "message:send" -> Map.of("POST", Operation.SEND_MESSAGE);
      case "message:stream" -> Map.of("POST", Operation.SEND_STREAMING_MESSAGE);
      case "tasks" -> Map.of("GET", Operation.LIST_TASKS);
      case "extendedAgentCard" -> Map.of("GET", Operation.GET_EXTENDED_AGENT_CARD);
      default -> throw Unroutable.nothing();
    };
  }

  private static Map<String, Operation> task(List<String> segments, Map<String, Object> names)
      throws Unroutable {
    if (!segments.getFirst().equals("tasks")) {
      throw Unroutable.nothing();
    }
    String segment = segments.getLast();
    int colon = segment.lastIndexOf(':');
    Optional<Map<String, Operation>> action =
        colon < 0 ? Optional.empty() : action(segment.substring(colon + 1));
    names.put("id", Ids.read(action.isPresent() ? segment.substring(0, colon) : segment));
    return action.orElse(Map.of("GET", Operation.GET_TASK));
  }

  private static Optional<Map<String, Operation>> action(String word) {
    return switch (word) {
      case "cancel" -> Optional.of(Map.of("POST", Operation.CANCEL_TASK));
      case "subscribe" ->
          Optional.of(
              Map.of("POST", Operation.SUBSCRIBE_TO_TASK, "GET", Operation.SUBSCRIBE_TO_TASK));
      default -> Optional.empty();
    };
  }

  private static Map<String, Operation> push(List<String> segments, Map<String, Object> names)
      throws Unroutable {
    if (!segments.getFirst().equals("tasks") || !segments.get(2).equals(PUSH)) {
      throw Unroutable.nothing();
    }
    names.put("taskId", Ids.read(segments.get(1)));
    if (segments.size() == 3) {
      return Map.of(
          "POST",
          Operation.CREATE_TASK_PUSH_NOTIFICATION_CONFIG,
          "GET",
          Operation.LIST_TASK_PUSH_NOTIFICATION_CONFIGS);
    }
    names.put("id", Ids.read(segments.getLast()));
    return Map.of(
        "GET",
        Operation.GET_TASK_PUSH_NOTIFICATION_CONFIG,
        "DELETE",
        Operation.DELETE_TASK_PUSH_NOTIFICATION_CONFIG);
  }

  Operation asked(String verb) throws Unroutable {
    Operation operation = byVerb.get(verb);
    if (operation == null) {
      throw Unroutable.verb(byVerb.keySet().stream().sorted().toList());
    }
    return operation;
  }
}
