package dev.turnpike.protocol.a2a;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one place that finds A2A's words for a refusal: status, code, message, details, header
 * fields. A2A has no words for identity, rules and limits: those are ours, in the domain {@code
 * turnpike}.
 */
final class A2aErrors {
  static final int PARSE_ERROR = -32700;
  static final int INVALID_REQUEST = -32600;
  static final int METHOD_NOT_FOUND = -32601;
  static final int INVALID_PARAMS = -32602;
  static final int OURS = -32000;
  static final int TASK_NOT_FOUND = -32001;
  static final int PUSH_NOT_SUPPORTED = -32003;
  static final int UNSUPPORTED_OPERATION = -32004;
  static final int INVALID_AGENT_RESPONSE = -32006;
  static final int EXTENDED_CARD_NOT_CONFIGURED = -32007;
  static final int VERSION_NOT_SUPPORTED = -32009;

  private static final String TYPES = "type.googleapis.com/google.rpc.";

  /** The reasons of A2A's own codes (A2A 1.0, section 5.4). */
  private static final Map<Integer, String> REASONS =
      Map.of(
          TASK_NOT_FOUND,
          "TASK_NOT_FOUND",
          -32002,
          "TASK_NOT_CANCELABLE",
          PUSH_NOT_SUPPORTED,
          "PUSH_NOTIFICATION_NOT_SUPPORTED",
          UNSUPPORTED_OPERATION,
          "UNSUPPORTED_OPERATION",
          -32005,
          "CONTENT_TYPE_NOT_SUPPORTED",
          INVALID_AGENT_RESPONSE,
          "INVALID_AGENT_RESPONSE",
          EXTENDED_CARD_NOT_CONFIGURED,
          "EXTENDED_AGENT_CARD_NOT_CONFIGURED",
          -32008,
          "EXTENSION_SUPPORT_REQUIRED",
          VERSION_NOT_SUPPORTED,
          "VERSION_NOT_SUPPORTED");

  /**
   * A refusal in A2A's words.
   *
   * @param details objects with an {@code @type} each
   */
  record Words(
      int status,
      int code,
      String message,
      List<Map<String, Object>> details,
      Map<String, String> fields) {}

  private A2aErrors() {}

  static Words of(Refusal refusal) {
    return switch (refusal) {
      case Refusal.Malformed(var detail) -> plain(400, PARSE_ERROR, "Parse error: " + detail);
      case Refusal.TooLarge(var limit) ->
          ours(413, "REQUEST_TOO_LARGE", "The body is larger than " + limit + " bytes");
      case Refusal.ForeignOrigin(var header) ->
          ours(403, "POLICY_DENIED", "This " + header + " is not served here");
      case Refusal.Unauthenticated(var challenge) ->
          with(
              ours(401, "UNAUTHENTICATED", "An access token is needed"),
              Map.of("WWW-Authenticate", challenge.header()));
      case Refusal.ScopeMissing(var challenge) ->
          with(
              ours(
                  403,
                  "INSUFFICIENT_SCOPE",
                  "The token lacks a scope: " + String.join(" ", challenge.scopes())),
              Map.of("WWW-Authenticate", challenge.header()));
      case Refusal.ArgumentsRefused(var target, var detail) ->
          ours(403, "POLICY_DENIED", "What " + target.name() + " was to say is refused: " + detail);
      case Refusal.NoSuchEndpoint _ -> ours(404, "NOT_FOUND", "Nothing is served at this path");
      case Refusal.NoSuchTarget(var target) -> denied(target);
      case Refusal.NoSuchSession _ -> ours(404, "NOT_FOUND", "Unknown or ended session");
      case Refusal.NoSuchMethod(var method) ->
          plain(200, METHOD_NOT_FOUND, "Method not found: " + clip(method));
      case Refusal.MethodNotAllowed(var allowed) ->
          with(
              ours(405, "METHOD_NOT_ALLOWED", "Use " + String.join(", ", allowed)),
              Map.of("Allow", String.join(", ", allowed)));
      case Refusal.OverBudget over -> overBudget(over);
      case Refusal.Overloaded(var detail) ->
          again(ours(503, "OVERLOADED", detail), Duration.ofSeconds(1));
      case Refusal.TooBusy(var detail, var retryAfter) ->
          again(ours(429, "RATE_LIMITED", detail), retryAfter);
      case Refusal.CountersLost(var budget, var retryAfter) ->
          again(
              ours(
                  503,
                  "COUNTERS_LOST",
                  "The counters of the budget " + budget + " cannot be asked: try again later"),
              retryAfter);
      case Refusal.UpstreamUnavailable(var upstream, var reason, _) ->
          upstream(502, "UPSTREAM_UNAVAILABLE", upstream, reason);
      case Refusal.UpstreamTimedOut(var upstream, var reason) ->
          upstream(504, "UPSTREAM_TIMED_OUT", upstream, reason);
      case Refusal.UpstreamShed(var upstream, var reason) ->
          upstream(503, "UPSTREAM_SHED", upstream, reason);
      case Refusal.ProtocolRule(var status, var code, var message, var data) ->
          new Words(status, code, message, rule(code, data), Map.of());
    };
  }

  private static Words plain(int status, int code, String message) {
    return new Words(status, code, message, List.of(), Map.of());
  }

  private static Words ours(int status, String reason, String message) {
    return new Words(status, OURS, message, List.of(info(reason, "turnpike", Map.of())), Map.of());
  }

  private static Words with(Words words, Map<String, String> fields) {
    return new Words(words.status(), words.code(), words.message(), words.details(), fields);
  }

  private static Words again(Words words, Duration after) {
    List<Map<String, Object>> details = new ArrayList<>(words.details());
    details.add(retry(after));
    return new Words(
        words.status(),
        words.code(),
        words.message(),
        details,
        Map.of("Retry-After", Long.toString(Refusal.seconds(after))));
  }

  private static Words denied(Target target) {
    return ours(403, "POLICY_DENIED", clip(target.name()) + " is not allowed here");
  }

  private static Words overBudget(Refusal.OverBudget over) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("budget", over.budget());
    metadata.put("unit", over.unit());
    metadata.put("limit", Long.toString(over.limit()));
    metadata.put("remaining", Long.toString(over.remaining()));
    return new Words(
        429,
        OURS,
        "Over the budget %s of %d %s: try again in %d s"
            .formatted(over.budget(), over.limit(), over.unit(), Refusal.seconds(over.reset())),
        List.of(
            info(over.calendar() ? "QUOTA_EXCEEDED" : "RATE_LIMITED", "turnpike", metadata),
            retry(over.reset())),
        over.fields());
  }

  private static Words upstream(int status, String reason, String upstream, String detail) {
    return new Words(
        status,
        OURS,
        "The upstream " + upstream + " " + detail,
        List.of(info(reason, "turnpike", Map.of("upstream", upstream))),
        Map.of());
  }

  private static List<Map<String, Object>> rule(int code, Map<String, Object> data) {
    return Optional.ofNullable(REASONS.get(code))
        .map(reason -> List.of(info(reason, "a2a-protocol.org", data)))
        .orElse(List.of());
  }

  private static Map<String, Object> info(
      String reason, String domain, Map<String, Object> metadata) {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("@type", TYPES + "ErrorInfo");
    info.put("reason", reason);
    info.put("domain", domain);
    if (!metadata.isEmpty()) {
      info.put("metadata", metadata);
    }
    return info;
  }

  private static Map<String, Object> retry(Duration after) {
    Map<String, Object> retry = new LinkedHashMap<>();
    retry.put("@type", TYPES + "RetryInfo");
    retry.put("retryDelay", Refusal.seconds(after) + "s");
    return retry;
  }

  private static String clip(String name) {
    return name.length() <= 128 ? name : name.substring(0, 128) + "…";
  }
}
