package dev.turnpike.accept;

import dev.turnpike.exchange.Headers;
import io.vertx.core.MultiMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The head of a request as Vert.x has it. */
record HeadFields(MultiMap fields) implements Headers {
  @Override
  public List<String> all(String name) {
    return fields.getAll(name);
  }

  /** Whether a value holds what would end a line of HTTP/1.1, or another control character. */
  static boolean controls(MultiMap fields) {
    for (Map.Entry<String, String> field : fields) {
      String value = field.getValue();
      for (int i = 0; i < value.length(); i++) {
        char unit = value.charAt(i);
        if ((unit < ' ' && unit != '\t') || unit == 0x7f) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public Set<String> startingWith(String prefix) {
    Set<String> found = Set.of();
    for (Map.Entry<String, String> field : fields) {
      String name = field.getKey();
      if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
        found = found.isEmpty() ? new HashSet<>() : found;
        found.add(name.toLowerCase(Locale.ROOT));
      }
    }
    return found;
  }
}
