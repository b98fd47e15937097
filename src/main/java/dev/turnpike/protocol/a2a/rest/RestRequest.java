package dev.turnpike.protocol.a2a.rest;

import dev.turnpike.protocol.a2a.Operation;
import dev.turnpike.protocol.a2a.tree.Misshapen;
import dev.turnpike.protocol.a2a.tree.Shape;
import dev.turnpike.protocol.a2a.tree.Shapes;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request line and a body ask for.
 *
 * @param params in their canonical form; of an operation that is not served, only what the path
 *     names
 */
public record RestRequest(Operation operation, Map<String, Object> params) {
  private static final Set<String> LISTING =
      Set.of(
          "tenant",
          "contextId",
          "status",
          "pageSize",
          "pageToken",
          "historyLength",
          "statusTimestampAfter",
          "includeArtifacts");

  /**
   * Reads a request.
   *
   * @param verb in upper case
   * @param path as it stood in the request line, below the base, with its slash in front
   * @param query as it stood behind the question mark; empty: none
   * @param body that was scanned, strictly; empty: none
   * @throws Unroutable where it asks for nothing, or two readers could find two things in it
   * @throws Misshapen where its members are not what they must be, or are said twice
   */
  public static RestRequest read(String verb, String path, String query, Payload body)
      throws Unroutable, Misshapen {
    Place place = Place.read(path);
    Operation operation = place.asked(verb);
    Optional<Shape> shape = shape(operation);
    if (shape.isEmpty()) {
      return new RestRequest(operation, Map.copyOf(place.names()));
    }
    Map<String, Object> said = new LinkedHashMap<>(said(verb, operation, body));
    for (Map.Entry<String, String> one : Query.read(query, queried(operation)).entrySet()) {
      join(said, one.getKey(), typed(one.getKey(), one.getValue()), "query");
    }
    for (Map.Entry<String, Object> one : place.names().entrySet()) {
      join(said, one.getKey(), one.getValue(), "path");
    }
    return new RestRequest(operation, shape.get().of(said));
  }

  private static Map<String, Object> said(String verb, Operation operation, Payload body)
      throws Unroutable, Misshapen {
    if (body.size() == 0) {
      return Map.of();
    }
    if (verb.equals("GET")) {
      throw Unroutable.malformed("there is a body where none is read");
    }
    if (!(JsonValue.read(body) instanceof Map<?, ?> members)) {
      throw Misshapen.at("", "an object");
    }
    Map<String, Object> said = new LinkedHashMap<>();
    members.forEach((name, value) -> said.put(String.valueOf(name), value));
    if (!says(operation)) {
      // what a null leaves unsaid, the path may say
      said.values().removeIf(JsonValue.NULL::equals);
    }
    return said;
  }

  private static void join(Map<String, Object> said, String name, Object value, String where)
      throws Misshapen {
    Object before = said.putIfAbsent(name, value);
    if (before != null && !before.equals(value)) {
      throw Misshapen.at(name, "the same wherever it stands, and is not in the " + where);
    }
  }

  // all that a query may say is known by its name: there, true is no text
  private static Object typed(String name, String value) throws Misshapen {
    if (!name.equals("includeArtifacts")) {
      return value;
    }
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw Misshapen.at(name, "true or false");
    };
  }

  /**
   * As it is sent to an agent.
   *
   * @param path below the base, with its slash in front
   * @param query empty: none
   * @param body empty: none
   */
  public record Line(String verb, String path, String query, String body) {
    /** The same by the other verb, for agents that take a subscription by GET. */
    public Line byGet() {
      return new Line("GET", path, query, "");
    }
  }

  /**
   * As it is sent to an agent: a subscription by POST first.
   *
   * @throws Misshapen for an id that cannot stand in a path without being mistaken
   * @throws IllegalArgumentException for an operation that is not served
   */
  public Line line() throws Misshapen {
    Map<String, Object> rest = new LinkedHashMap<>(params);
    String tenant = tenant(rest.get("tenant"));
    return switch (operation) {
      case SEND_MESSAGE -> post(tenant + "/message:send", rest);
      case SEND_STREAMING_MESSAGE -> post(tenant + "/message:stream", rest);
      case GET_TASK -> {
        String path = tenant + "/tasks/" + segment("id", rest.remove("id"));
        rest.remove("tenant");
        yield new Line("GET", path, Query.write(rest), "");
      }
      case LIST_TASKS -> {
        rest.remove("tenant");
        yield new Line("GET", tenant + "/tasks", Query.write(rest), "");
      }
      case CANCEL_TASK -> task(tenant, rest, "cancel");
      case SUBSCRIBE_TO_TASK -> task(tenant, rest, "subscribe");
      case CREATE_TASK_PUSH_NOTIFICATION_CONFIG,
          GET_TASK_PUSH_NOTIFICATION_CONFIG,
          LIST_TASK_PUSH_NOTIFICATION_CONFIGS,
          DELETE_TASK_PUSH_NOTIFICATION_CONFIG,
          GET_EXTENDED_AGENT_CARD ->
          throw new IllegalArgumentException(operation + " is not served");
    };
  }

  private static Line task(String tenant, Map<String, Object> rest, String action)
      throws Misshapen {
    String path = tenant + "/tasks/" + segment("id", rest.remove("id")) + ":" + action;
    rest.remove("tenant");
    return new Line("POST", path, "", rest.isEmpty() ? "" : JsonValue.write(rest));
  }

  private static Line post(String path, Map<String, Object> rest) {
    return new Line("POST", path, "", JsonValue.write(rest));
  }

  private static String tenant(@Nullable Object tenant) throws Misshapen {
    return tenant == null || tenant.equals("") ? "" : "/" + segment("tenant", tenant);
  }

  private static String segment(String name, @Nullable Object id) throws Misshapen {
    if (id instanceof String text
        && Ids.fits(text)
        && !(name.equals("tenant") && Place.isRoot(text))) {
      return Percent.encoded(text);
    }
    throw Misshapen.at(name, "one that can stand in a path");
  }

  private static boolean says(Operation operation) {
    return operation == Operation.SEND_MESSAGE || operation == Operation.SEND_STREAMING_MESSAGE;
  }

  private static Set<String> queried(Operation operation) {
    return switch (operation) {
      case LIST_TASKS -> LISTING;
      case GET_TASK -> Set.of("tenant", "id", "historyLength");
      case CANCEL_TASK, SUBSCRIBE_TO_TASK -> Set.of("tenant", "id");
      default -> Set.of("tenant");
    };
  }

  private static Optional<Shape> shape(Operation operation) {
    return switch (operation) {
      case SEND_MESSAGE, SEND_STREAMING_MESSAGE -> Optional.of(Shapes.SEND);
      case GET_TASK -> Optional.of(Shapes.GET_TASK);
      case LIST_TASKS -> Optional.of(Shapes.LIST_TASKS);
      case CANCEL_TASK -> Optional.of(Shapes.CANCEL_TASK);
      case SUBSCRIBE_TO_TASK -> Optional.of(Shapes.SUBSCRIBE_TO_TASK);
      case CREATE_TASK_PUSH_NOTIFICATION_CONFIG,
          GET_TASK_PUSH_NOTIFICATION_CONFIG,
          LIST_TASK_PUSH_NOTIFICATION_CONFIGS,
          DELETE_TASK_PUSH_NOTIFICATION_CONFIG,
          GET_EXTENDED_AGENT_CARD ->
          Optional.empty();
    };
  }
}
