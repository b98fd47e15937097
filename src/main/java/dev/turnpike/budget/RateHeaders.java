package dev.turnpike.budget;

import dev.turnpike.exchange.Refusal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The values of the header fields {@code RateLimit-Policy} and {@code RateLimit}.
 *
 * @param policy what the budgets are, the tightest first
 * @param limit what is left of each, in the same order
 */
public record RateHeaders(String policy, String limit) {
  /** The same for a call that a budget refused. */
  public static RateHeaders of(Refusal.OverBudget refusal) {
    return of(
        List.of(
            new Line(
                refusal.budget(),
                refusal.unit(),
                refusal.limit(),
                refusal.remaining(),
                refusal.reset(),
                refusal.window(),
                0,
                false)));
  }

  static RateHeaders of(List<Line> lines) {
    if (lines.size() == 1) {
      return new RateHeaders(lines.getFirst().policy(), lines.getFirst().limit());
    }
    List<Line> tightest = lines.stream().sorted(Comparator.comparingDouble(Line::share)).toList();
    return new RateHeaders(
        tightest.stream().map(Line::policy).collect(Collectors.joining(", ")),
        tightest.stream().map(Line::limit).collect(Collectors.joining(", ")));
  }

  /**
   * One budget in the two fields.
   *
   * @param share how much of it is left, from 0 to 1
   * @param degraded whether it is counted by this replica alone
   */
  record Line(
      String budget,
      String unit,
      long quota,
      long left,
      Duration reset,
      Duration window,
      double share,
      boolean degraded) {
    String policy() {
      String length = window.isZero() ? "" : ";w=" + seconds(window);
      return text(budget)
          + ";q="
          + quota
          + length
          + ";qu="
          + text(unit)
          + (degraded ? ";degraded" : "");
    }

    String limit() {
      return text(budget) + ";r=" + left + ";t=" + seconds(reset);
    }

    /** Rounded up: who comes back a moment too early is refused again. */
    private static long seconds(Duration duration) {
      return duration.getSeconds() + (duration.getNano() > 0 ? 1 : 0);
    }

    /** A string of RFC 9651, section 3.3.3; what it cannot hold becomes {@code ?}. */
    private static String text(String value) {
      StringBuilder quoted = new StringBuilder(value.length() + 2).append('"');
      for (int at = 0; at < value.length(); at++) {
        char c = value.charAt(at);
        if (c == '"' || c == '\\') {
          quoted.append('\\');
        }
        quoted.append(c < ' ' || c > '~' ? '?' : c);
      }
      return quoted.append('"').toString();
    }
  }
}
