package dev.turnpike.exchange;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Why the gateway said no. Every refusal that a caller can meet is listed here. */
public sealed interface Refusal {
  /** Whole seconds, as header fields say them: rounded up, and at least 1. */
  static long seconds(Duration duration) {
    return Math.max(1, duration.plusNanos(999_999_999).toSeconds());
  }

  /** Not JSON, or not JSON that is taken: what was wrong, in words that quote no content. */
  record Malformed(String detail) implements Refusal {}

  /** More bytes than {@code turnpike.limits.body} allows. */
  record TooLarge(long limit) implements Refusal {}

  /** A Host or Origin that is not in the list. */
  record ForeignOrigin(String header) implements Refusal {}

  /** No identity where one is needed, or a token that is not good. */
  record Unauthenticated(Challenge challenge) implements Refusal {}

  /** A token without scopes that a deciding rule asks for; all of them are in the challenge. */
  record ScopeMissing(Challenge challenge) implements Refusal {}

  /** Visible, but refused because of its arguments. */
  record ArgumentsRefused(Target target, String detail) implements Refusal {}

  /** Nothing is served at this path. */
  record NoSuchEndpoint() implements Refusal {}

  /** No rule allows it, or one denies it, or it does not exist: the same answer for all three. */
  record NoSuchTarget(Target target) implements Refusal {}

  /** The session is unknown, ended, or another caller's. */
  record NoSuchSession() implements Refusal {}

  /** A method that the revision, or the gateway, does not have. */
  record NoSuchMethod(String method) implements Refusal {}

  /** An HTTP method that the path does not take. */
  record MethodNotAllowed(List<String> allowed) implements Refusal {}

  /**
   * A budget is spent.
   *
   * @param unit as it stands in headers
   * @param reset when the next call could pass
   * @param window the length of the budget's window; zero where it has none
   * @param inBand answered as a tool result with {@code isError} instead of HTTP 429
   * @param calendar whether the window is one of the calendar
   */
  record OverBudget(
      String budget,
      String unit,
      long limit,
      long remaining,
      Duration reset,
      Duration window,
      boolean inBand,
      boolean calendar)
      implements Refusal {
    /** Of a budget whose window is none of the calendar. */
    public OverBudget(
        String budget,
        String unit,
        long limit,
        long remaining,
        Duration reset,
        Duration window,
        boolean inBand) {
      this(budget, unit, limit, remaining, reset, window, inBand, false);
    }

    /** The header fields that go with it. */
    public Map<String, String> fields() {
      long seconds = Refusal.seconds(reset);
      String length = window.isZero() ? "" : ";w=" + Refusal.seconds(window);
      Map<String, String> fields = new LinkedHashMap<>();
      fields.put("Retry-After", Long.toString(seconds));
      fields.put(
          "RateLimit-Policy", "\"%s\";q=%d%s;qu=\"%s\"".formatted(budget, limit, length, unit));
      fields.put("RateLimit", "\"%s\";r=%d;t=%d".formatted(budget, remaining, seconds));
      return fields;
    }
  }

  /** The counters of a budget that is hard cannot be asked. */
  record CountersLost(String budget, Duration retryAfter) implements Refusal {}

  /** More work than Turnpike itself can do: for whom it is does not matter. */
  record Overloaded(String detail) implements Refusal {}

  /** More streams or calls at once than one caller may have. */
  record TooBusy(String detail, Duration retryAfter) implements Refusal {}

  /**
   * The upstream cannot be reached, or broke off before it answered.
   *
   * @param asked whether anything was sent to it
   */
  record UpstreamUnavailable(String upstream, String reason, boolean asked) implements Refusal {
    public UpstreamUnavailable(String upstream, String reason) {
      this(upstream, reason, true);
    }
  }

  /** The upstream did not answer in time. */
  record UpstreamTimedOut(String upstream, String reason) implements Refusal {}

  /** The upstream is not asked at present: its circuit is open, or it has all it can take. */
  record UpstreamShed(String upstream, String reason) implements Refusal {}

  /**
   * A rule of one protocol was broken.
   *
   * @param status the HTTP status
   * @param code the code of the protocol
   * @param data members of the error's data; values are text, numbers, lists or maps of these
   */
  record ProtocolRule(int status, int code, String message, Map<String, Object> data)
      implements Refusal {
    public ProtocolRule {
      data = Map.copyOf(data);
    }

    public ProtocolRule(int status, int code, String message) {
      this(status, code, message, Map.of());
    }
  }
}
