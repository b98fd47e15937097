package dev.turnpike.budget;

import dev.turnpike.exchange.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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
    List<Line> tightest = new ArrayList<>(lines);
    tightest.sort(Comparator.comparingDouble(Line::share));
    StringBuilder policy = new StringBuilder(48 * lines.size());
    StringBuilder limit = new StringBuilder(48 * lines.size());
    for (Line line : tightest) {
      line.policy(policy.isEmpty() ? policy : policy.append(", "));
      line.limit(limit.isEmpty() ? limit : limit.append(", "));
    }
    return new RateHeaders(policy.toString(), limit.toString());
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
    void policy(StringBuilder to) {
      text(budget, to);
      to.append(";q=").append(quota);
      if (!window.isZero()) {
        to.append(";w=").append(seconds(window));
      }
      text(unit, to.append(";qu="));
      to.append(degraded ? ";degraded" : "");
    }

    void limit(StringBuilder to) {
      text(budget, to);
      to.append(";r=").append(left).append(";t=").append(seconds(reset));
    }

    /** Rounded up: who comes back a moment too early is refused again. */
    private static long seconds(Duration duration) {
      return duration.getSeconds() + (duration.getNano() > 0 ? 1 : 0);
    }

    /** A string of RFC 9651, section 3.3.3; what it cannot hold becomes {@code ?}. */
    private static void text(String value, StringBuilder quoted) {
      quoted.append('"');
      for (int at = 0; at < value.length(); at++) {
        char c = value.charAt(at);
        if (c == '"' || c == '\\') {
          quoted.append('\\');
        }
        quoted.append(c < ' ' || c > '~' ? '?' : c);
      }
      quoted.append('"');
    }
  }
}
