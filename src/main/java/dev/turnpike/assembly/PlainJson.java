package dev.turnpike.assembly;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of JSON-P as what they say: text, numbers, truth, lists and maps. */
final class PlainJson {
  private PlainJson() {}

  /** Null where it is null. */
  static @Nullable Object of(JsonValue value) {
    return switch (value.getValueType()) {
      case STRING -> ((JsonString) value).getString();
      case NUMBER -> number((JsonNumber) value);
      case TRUE -> true;
      case FALSE -> false;
      case NULL -> null;
      case ARRAY -> list((JsonArray) value);
      case OBJECT -> map((JsonObject) value);
    };
  }

  private static Object number(JsonNumber number) {
    return number.isIntegral() ? (Object) number.longValue() : (Object) number.doubleValue();
  }

  private static List<Object> list(JsonArray array) {
    List<Object> list = new ArrayList<>();
    for (JsonValue value : array) {
      Object plain = of(value);
      if (plain != null) {
        list.add(plain);
      }
    }
    return list;
  }

  private static Map<String, Object> map(JsonObject object) {
    Map<String, Object> map = new HashMap<>();
    object.forEach((name, value) -> {
      Object plain = of(value);
      if (plain != null) {
        map.put(name, plain);
      }
    });
    return map;
  }
}
