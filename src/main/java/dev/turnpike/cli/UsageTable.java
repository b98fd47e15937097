package dev.turnpike.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The answer of {@code /admin/usage} as lines of a table. */
final class UsageTable {
  private static final String ALL = "total";

  private UsageTable() {}

  /**
   * A head, a line for each row, and one for the total: names to the left, figures to the right.
   *
   * @throws AdminApi.Untold where the answer is none of that API
   */
  static List<String> lines(String answer) throws AdminApi.Untold {
    try {
      JsonObject usage = new JsonObject(answer);
      JsonArray rows = usage.getJsonArray("rows");
      JsonObject total = usage.getJsonObject(ALL);
      List<String> figures = List.copyOf(total.fieldNames());
      List<String> names =
          rows.isEmpty()
              ? List.of()
              : rows.getJsonObject(0).fieldNames().stream()
                  .filter(name -> !figures.contains(name))
                  .toList();
      List<List<String>> table = new ArrayList<>();
      table.add(joined(names, figures));
      for (int i = 0; i < rows.size(); i++) {
        JsonObject row = rows.getJsonObject(i);
        table.add(joined(names, figures).stream().map(name -> shown(row.getValue(name))).toList());
      }
      List<String> last = new ArrayList<>(names.stream().map(_ -> "").toList());
      if (!last.isEmpty()) {
        last.set(0, ALL);
      }
      figures.forEach(name -> last.add(shown(total.getValue(name))));
      table.add(last);
      return aligned(table, names.size());
    } catch (DecodeException | ClassCastException | NullPointerException other) {
      throw new AdminApi.Untold("what was answered is no usage: is this the management port?");
    }
  }

  private static List<String> joined(List<String> names, List<String> figures) {
    List<String> all = new ArrayList<>(names);
    all.addAll(figures);
    return all;
  }

  // names come from callers: none may move the terminal's cursor
  private static String shown(Object value) {
    return String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
  }

  private static List<String> aligned(List<List<String>> table, int names) {
    int columns = table.getFirst().size();
    int[] widths =
        IntStream.range(0, columns)
            .map(at -> table.stream().mapToInt(row -> row.get(at).length()).max().orElse(0))
            .toArray();
    List<String> lines = new ArrayList<>();
    for (List<String> row : table) {
      StringBuilder line = new StringBuilder();
      for (int at = 0; at < columns; at++) {
        String pad = " ".repeat(widths[at] - row.get(at).length());
        line.append(at == 0 ? "" : "  ").append(at < names ? row.get(at) + pad : pad + row.get(at));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
