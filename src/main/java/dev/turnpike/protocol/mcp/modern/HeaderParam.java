package dev.turnpike.protocol.mcp.modern;

import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An argument of a tool that is mirrored in a header field: {@code x-mcp-header} in the input
 * schema.
 *
 * @param field the header's name in lower case, {@code mcp-param-} included
 * @param path the chain of {@code properties} that leads to the argument
 */
record HeaderParam(String field, List<String> path, Type type) {
  enum Type {
    STRING,
    INTEGER,
    BOOLEAN
  }

  private static final String KEYWORD = "x-mcp-header";
  private static final int MAX_DEPTH = 32;

  HeaderParam {
    path = List.copyOf(path);
  }

  /**
   * What an input schema says; empty if an annotation breaks the rules (then the tool is not to be
   * used).
   */
  static Optional<List<HeaderParam>> of(Payload schema) {
    if (!schema.text().contains(KEYWORD)) {
      return Optional.of(List.of());
    }
    List<HeaderParam> found = new ArrayList<>();
    boolean valid =
        JsonValue.read(schema) instanceof Map<?, ?> root
            && !root.containsKey(KEYWORD)
            && reachable(root, List.of(), found)
            && count(root, 0) == found.size();
    Set<String> names = new HashSet<>();
    return valid && found.stream().allMatch(p -> names.add(p.field()))
        ? Optional.of(List.copyOf(found))
        : Optional.empty();
  }

  private static boolean reachable(Map<?, ?> schema, List<String> path, List<HeaderParam> found) {
    if (!(schema.get("properties") instanceof Map<?, ?> properties) || path.size() > MAX_DEPTH) {
      return true;
    }
    for (Map.Entry<?, ?> property : properties.entrySet()) {
      if (!(property.getValue() instanceof Map<?, ?> sub)) {
        continue;
      }
      List<String> here = new ArrayList<>(path);
      here.add(String.valueOf(property.getKey()));
      if (sub.containsKey(KEYWORD)) {
        Optional<HeaderParam> param = param(sub, here);
        if (param.isEmpty()) {
          return false;
        }
        found.add(param.get());
      }
      if (!reachable(sub, here, found)) {
        return false;
      }
    }
    return true;
  }

  private static Optional<HeaderParam> param(Map<?, ?> schema, List<String> path) {
    if (!(schema.get(KEYWORD) instanceof String name) || !token(name)) {
      return Optional.empty();
    }
    Optional<Type> type =
        switch (String.valueOf(schema.get("type"))) {
          case "string" -> Optional.of(Type.STRING);
          case "integer" -> Optional.of(Type.INTEGER);
          case "boolean" -> Optional.of(Type.BOOLEAN);
          default -> Optional.empty();
        };
    return type.map(t -> new HeaderParam("mcp-param-" + name.toLowerCase(Locale.ROOT), path, t));
  }

  // an annotation anywhere else (items, $defs, anyOf …) is one that cannot be reached
  private static int count(Object node, int depth) {
    if (depth > 4 * MAX_DEPTH) {
      return 0;
    }
    int sum = 0;
    if (node instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        boolean annotation = KEYWORD.equals(entry.getKey()) && !isPropertyName(entry);
        sum += annotation ? 1 : count(entry.getValue(), depth + 1);
      }
    } else if (node instanceof List<?> list) {
      for (Object item : list) {
        sum += count(item, depth + 1);
      }
    }
    return sum;
  }

  // a property that is itself called x-mcp-header has a schema as its value, never a text
  private static boolean isPropertyName(Map.Entry<?, ?> entry) {
    return entry.getValue() instanceof Map<?, ?>;
  }

  private static boolean token(String name) {
    if (name.isEmpty()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /** The argument's value; empty if it is null or not there. */
  Optional<Object> in(Object arguments) {
    Object at = arguments;
    for (String name : path) {
      if (!(at instanceof Map<?, ?> map) || map.get(name) == null) {
        return Optional.empty();
      }
      at = map.get(name);
    }
    return at == JsonValue.NULL ? Optional.empty() : Optional.of(at);
  }
}
