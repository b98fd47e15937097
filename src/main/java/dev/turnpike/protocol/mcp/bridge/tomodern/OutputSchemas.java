package dev.turnpike.protocol.mcp.bridge.tomodern;

import dev.turnpike.upstream.Upstream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Structured content is an object in every legacy revision, and anything in the modern one: what is
 * no object goes into one as {@code result}, and so does the schema that says so. Remembers which
 * tools that is done for, so that content and schema agree. Thread-safe.
 */
final class OutputSchemas {
  private static final int MAX_TOOLS = 10_000;
  private static final String INTO = "#/properties/result";

  private final Map<Upstream, Set<String>> wrapped = new WeakHashMap<>();

  /** The schema as a legacy caller takes it. */
  Object legacy(Upstream upstream, String tool, Map<?, ?> schema) {
    Set<String> names = of(upstream);
    if ("object".equals(schema.get("type"))) {
      names.remove(tool);
      return schema;
    }
    if (names.size() < MAX_TOOLS) {
      names.add(tool);
    }
    Map<String, Object> outer = new LinkedHashMap<>();
    Map<String, Object> inner = new LinkedHashMap<>();
    schema.forEach((name, value) -> inner.put(String.valueOf(name), rebased(value)));
    Object dialect = inner.remove("$schema");
    if (dialect != null) {
      outer.put("$schema", dialect);
    }
    outer.put("type", "object");
    outer.put("properties", Map.of("result", inner));
    outer.put("required", List.of("result"));
    return outer;
  }

  /** Whether the tool's structured content goes into an object. */
  boolean wraps(Upstream upstream, String tool) {
    return of(upstream).contains(tool);
  }

  private Set<String> of(Upstream upstream) {
    synchronized (wrapped) {
      return wrapped.computeIfAbsent(upstream, _ -> ConcurrentHashMap.newKeySet());
    }
  }

  // a local reference counts from the root, which is now one level further out
  private static Object rebased(Object value) {
    return switch (value) {
      case Map<?, ?> object -> {
        Map<String, Object> copy = new LinkedHashMap<>();
        object.forEach((name, member) -> {
          boolean local =
              (name.equals("$ref") || name.equals("$dynamicRef"))
                  && member instanceof String to
                  && (to.equals("#") || to.startsWith("#/"));
          copy.put(
              String.valueOf(name),
              local ? INTO + String.valueOf(member).substring(1) : rebased(member));
        });
        yield copy;
      }
      case List<?> array -> {
        List<Object> copy = new ArrayList<>(array.size());
        array.forEach(element -> copy.add(rebased(element)));
        yield copy;
      }
      default -> value;
    };
  }
}
