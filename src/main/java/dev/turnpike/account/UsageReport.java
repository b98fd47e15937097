package dev.turnpike.account;

import dev.turnpike.rpc.JsonValue;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An answer of the ledger: rows, and their sum.
 *
 * @param rows in the order of their keys
 */
public record UsageReport(List<Row> rows, Figures total) {
  private static final List<String> FIGURES =
      List.of(
          "calls", "input", "output", "total", "reported", "counted", "estimated", "definitions");

  public UsageReport {
    rows = List.copyOf(rows);
  }

  /** The sums of accounts, told apart by these alone. */
  static UsageReport of(Set<By> by, Map<Account, Figures> sums) {
    Map<Map<By, String>, Figures> rows = new HashMap<>();
    sums.forEach((account, figures) -> {
      Map<By, String> keys = new EnumMap<>(By.class);
      by.forEach(each -> keys.put(each, account.by(each)));
      rows.merge(keys, figures, Figures::plus);
    });
    return of(rows);
  }

  static UsageReport of(Map<Map<By, String>, Figures> sums) {
    List<Row> rows =
        sums.entrySet().stream()
            .map(sum -> new Row(sum.getKey(), sum.getValue()))
            .sorted(Comparator.comparing(row -> List.copyOf(row.values()), UsageReport::compare))
            .toList();
    return new UsageReport(
        rows, rows.stream().map(Row::figures).reduce(Figures.NONE, Figures::plus));
  }

  private static int compare(List<String> one, List<String> other) {
    for (int i = 0; i < one.size(); i++) {
      int order = one.get(i).compareTo(other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /**
   * One row.
   *
   * @param keys a value for each thing that was asked to be told apart
   */
  public record Row(Map<By, String> keys, Figures figures) {
    public Row {
      keys = Map.copyOf(keys);
    }

    private List<String> values() {
      return Stream.of(By.values()).filter(keys::containsKey).map(keys::get).toList();
    }
  }

  /** {@code {"rows": [...], "total": {...}}}. */
  public String json() {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("rows", rows.stream().map(UsageReport::members).toList());
    report.put("total", members(new Row(Map.of(), total)));
    return JsonValue.write(report);
  }

  private static Map<String, Object> members(Row row) {
    Map<String, Object> members = new LinkedHashMap<>();
    Stream.of(By.values())
        .filter(row.keys()::containsKey)
        .forEach(by -> members.put(by.key(), row.keys().getOrDefault(by, "")));
    List<Long> figures = figures(row.figures());
    for (int i = 0; i < figures.size(); i++) {
      members.put(FIGURES.get(i), figures.get(i));
    }
    return members;
  }

  private static List<Long> figures(Figures figures) {
    return List.of(
        figures.calls(),
        figures.input(),
        figures.output(),
        figures.total(),
        figures.reported(),
        figures.counted(),
        figures.estimated(),
        figures.definitions());
  }

  /**
   * A head, and a line for each row (RFC 4180); no total, which a spreadsheet would add up again.
   *
   * @param by the columns before the figures, also where there are no rows
   */
  public String csv(Set<By> by) {
    Set<String> head = new LinkedHashSet<>();
    Stream.of(By.values()).filter(by::contains).map(By::key).forEach(head::add);
    head.addAll(FIGURES);
    StringBuilder csv = new StringBuilder(String.join(",", head)).append("\r\n");
    for (Row row : rows) {
      csv.append(
              Stream.concat(
                      row.values().stream().map(UsageReport::cell),
                      figures(row.figures()).stream().map(String::valueOf))
                  .collect(Collectors.joining(",")))
          .append("\r\n");
    }
    return csv.toString();
  }

  /** Names come from callers: none may begin a formula where a spreadsheet opens the file. */
  private static String cell(String value) {
    String safe = value.matches("[=+\\-@\\t\\r].*") ? "'" + value : value;
    return safe.matches("[^\",\\r\\n]*") ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
  }
}
