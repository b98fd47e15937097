package dev.turnpike.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Header fields as they stood on the wire: order, case and repetition kept. */
public record Fields(List<String> lines) {
  public Fields {
    lines = List.copyOf(lines);
  }

  /** Every value under the name, without the white space around it. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).equalsIgnoreCase(name)) {
        values.add(line.substring(colon + 1).strip());
      }
    }
    return values;
  }

  /** The first value under the name, or an empty text. */
  public String first(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? "" : values.getFirst();
  }

  public boolean has(String name) {
    return !all(name).isEmpty();
  }

  /** The names, in lower case. */
  public List<String> names() {
    return lines.stream()
        .map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT))
        .toList();
  }
}
