package dev.turnpike.account;

import java.util.List;
import java.util.Map;

/**
 * An answer of the ledger: rows, and their sum.
 *
 * @param rows in the order of their keys
 */
public record UsageReport(List<Row> rows, Figures total) {
  public UsageReport {
    rows = List.copyOf(rows);
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
  }

  /** {@code {"rows": [...], "total": {...}}}. */
  public String json() {
    throw new UnsupportedOperationException("not written yet");
  }

  /** A head and a line for each row (RFC 4180), then the total with empty keys. */
  public String csv() {
    throw new UnsupportedOperationException("not written yet");
  }
}
