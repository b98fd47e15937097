package dev.turnpike.protocol.mcp.bridge.tomodern;

import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Elicitation as older revisions have it: 2025-11-25 wants an id on what is asked by URL;
 * 2025-06-18 has forms only, choices of one value with their titles beside them, and defaults on
 * booleans only.
 */
final class Forms {
  private static final String WITH_MODES = "2025-11-25";

  private Forms() {}

  /** Whether the revision can ask this at all. */
  static boolean fits(Map<?, ?> params, String revision) {
    return revision.compareTo(WITH_MODES) >= 0
        || fields(params).values().stream()
            .noneMatch(field -> field instanceof Map<?, ?> m && "array".equals(m.get("type")));
  }

  /** The params as the revision has them, as JSON. */
  static String legacy(Payload params, String revision, Supplier<String> ids) {
    if (!(JsonValue.read(params) instanceof Map<?, ?> read)) {
      return params.text();
    }
    boolean byUrl = "url".equals(read.get("mode"));
    if (revision.compareTo(WITH_MODES) >= 0) {
      if (!byUrl || read.containsKey("elicitationId")) {
        return params.text();
      }
      Map<String, Object> named = copy(read);
      named.put("elicitationId", ids.get());
      return JsonValue.write(named);
    }
    Map<String, Object> form = copy(read);
    form.remove("mode");
    if (read.get("requestedSchema") instanceof Map<?, ?> schema) {
      Map<String, Object> older = copy(schema);
      Map<String, Object> fields = new LinkedHashMap<>();
      fields(read)
          .forEach((name, field) ->
              fields.put(String.valueOf(name), field instanceof Map<?, ?> m ? older(m) : field));
      older.put("properties", fields);
      form.put("requestedSchema", older);
    }
    return JsonValue.write(form);
  }

  private static Map<?, ?> fields(Map<?, ?> params) {
    return params.get("requestedSchema") instanceof Map<?, ?> schema
            && schema.get("properties") instanceof Map<?, ?> fields
        ? fields
        : Map.of();
  }

  private static Map<String, Object> older(Map<?, ?> field) {
    Map<String, Object> older = copy(field);
    if (!"boolean".equals(field.get("type"))) {
      older.remove("default");
    }
    if (field.get("oneOf") instanceof List<?> choices) {
      older.remove("oneOf");
      List<Object> values = new ArrayList<>();
      List<Object> titles = new ArrayList<>();
      for (Object choice : choices) {
        if (choice instanceof Map<?, ?> one && one.get("const") instanceof Object value) {
          values.add(value);
          titles.add(one.get("title") instanceof String title ? title : String.valueOf(value));
        }
      }
      older.put("enum", values);
      older.put("enumNames", titles);
    }
    return older;
  }

  private static Map<String, Object> copy(Map<?, ?> object) {
    Map<String, Object> copy = new LinkedHashMap<>();
    object.forEach((name, value) -> copy.put(String.valueOf(name), value));
    return copy;
  }
}
