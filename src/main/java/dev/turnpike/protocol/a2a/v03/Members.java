package dev.turnpike.protocol.a2a.v03;

import dev.turnpike.protocol.a2a.tree.Misshapen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Members on their way from one object to another. */
final class Members {
  private final Map<String, Object> from;
  private final String path;
  private final Map<String, Object> to = new LinkedHashMap<>();

  /**
   * @param path where it stands; empty: it is the whole
   */
  Members(Map<String, Object> from, String path) {
    this.from = from;
    this.path = path;
  }

  /** Turns a part into its other form. */
  @FunctionalInterface
  interface Turn {
    Object turn(Map<String, Object> part, String path) throws Misshapen;
  }

  Members put(String name, Object value) {
    to.put(name, value);
    return this;
  }

  /** What keeps its name and its value. */
  Members keep(String... names) {
    for (String name : names) {
      rename(name, name);
    }
    return this;
  }

  /** The same, except that an empty text says no more than none. */
  Members keepText(String... names) {
    for (String name : names) {
      if (!"".equals(from.get(name))) {
        rename(name, name);
      }
    }
    return this;
  }

  /** What only keeps its value. */
  Members rename(String name, String other) {
    Object value = from.get(name);
    if (value != null) {
      to.put(other, value);
    }
    return this;
  }

  /** An object in its other form. */
  Members one(String name, Turn turn) throws Misshapen {
    if (from.containsKey(name)) {
      to.put(name, turn.turn(object(from.get(name)), below(name)));
    }
    return this;
  }

  /** Objects in their other form, each. */
  Members each(String name, Turn turn) throws Misshapen {
    if (from.get(name) instanceof List<?> all) {
      List<Object> turned = new ArrayList<>(all.size());
      for (int i = 0; i < all.size(); i++) {
        turned.add(turn.turn(object(all.get(i)), below(name) + "[" + i + "]"));
      }
      to.put(name, turned);
    }
    return this;
  }

  String below(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  Map<String, Object> done() {
    return to;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(@Nullable Object value) {
    return value instanceof Map<?, ?> members ? (Map<String, Object>) members : Map.of();
  }

  static String text(@Nullable Object value) {
    return value instanceof String text ? text : "";
  }
}
