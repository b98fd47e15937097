package dev.turnpike.protocol.mcp;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Target;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The one place that finds MCP's words for a refusal: status, code, message, data, header fields.
 */
public final class McpErrors {
  public static final int PARSE_ERROR = -32700;
  public static final int INVALID_REQUEST = -32600;
  public static final int METHOD_NOT_FOUND = -32601;
  public static final int INVALID_PARAMS = -32602;
  public static final int INTERNAL = -32603;
  public static final int HEADER_MISMATCH = -32020;
  public static final int CAPABILITY_MISSING = -32021;
  public static final int UNSUPPORTED_VERSION = -32022;
  // ours are -31000 minus the HTTP status: outside what JSON-RPC and MCP keep for themselves
  private static final int OURS = -31000;

  /** A refusal in MCP's words. */
  record Words(
      int status, int code, String message, Map<String, Object> data, Map<String, String> fields) {
    Words(int status, int code, String message) {
      this(status, code, message, Map.of(), Map.of());
    }
  }

  private McpErrors() {}

  static Words of(Refusal refusal, Era era) {
    return switch (refusal) {
      case Refusal.Malformed(var detail) -> new Words(400, PARSE_ERROR, "Parse error: " + detail);
      case Refusal.TooLarge(var limit) ->
          ours(413, 413, "The body is larger than " + limit + " bytes");
      case Refusal.ForeignOrigin(var header) ->
          ours(403, 403, "This " + header + " is not served here");
      case Refusal.Unauthenticated(var challenge) ->
          new Words(
              401,
              OURS - 401,
              "An access token is needed",
              Map.of(),
              Map.of("WWW-Authenticate", challenge.header()));
      case Refusal.ScopeMissing(var challenge) ->
          new Words(
              403,
              OURS - 403,
              "The token lacks a scope: " + String.join(" ", challenge.scopes()),
              Map.of("scopes", challenge.scopes()),
              Map.of("WWW-Authenticate", challenge.header()));
      case Refusal.ArgumentsRefused(var target, var detail) ->
          ours(200, 403, "The arguments of " + clip(target.name()) + " are refused: " + detail);
      case Refusal.NoSuchEndpoint _ -> ours(404, 404, "Nothing is served at this path");
      case Refusal.NoSuchTarget(var target) -> unknown(target);
      case Refusal.NoSuchSession _ ->
          ours(404, 404, "Unknown or ended session: initialize a new one");
      case Refusal.NoSuchMethod(var method) ->
          new Words(
              era == Era.MODERN ? 404 : 200, METHOD_NOT_FOUND, "Method not found: " + clip(method));
      case Refusal.MethodNotAllowed(var allowed) ->
          new Words(
              405,
              OURS - 405,
              "Use " + String.join(", ", allowed),
              Map.of(),
              Map.of("Allow", String.join(", ", allowed)));
      case Refusal.OverBudget over -> overBudget(over);
      case Refusal.Overloaded(var detail) ->
          new Words(503, OURS - 503, detail, Map.of(), Map.of("Retry-After", "1"));
      case Refusal.TooBusy(var detail, var retryAfter) ->
          new Words(
              429,
              OURS - 429,
              detail,
              Map.of(),
              Map.of("Retry-After", Long.toString(seconds(retryAfter))));
      case Refusal.CountersLost(var budget, var retryAfter) ->
          new Words(
              era == Era.MODERN ? 503 : 200,
              OURS - 503,
              "The counters of a budget cannot be asked: try again later",
              Map.of("budget", budget, "reason", "its counter store is away"),
              Map.of("Retry-After", Long.toString(seconds(retryAfter))));
      case Refusal.UpstreamUnavailable(var upstream, var reason, _) ->
          upstream(era, 502, upstream, reason);
      case Refusal.UpstreamTimedOut(var upstream, var reason) ->
          upstream(era, 504, upstream, reason);
      case Refusal.UpstreamShed(var upstream, var reason) -> upstream(era, 503, upstream, reason);
      case Refusal.ProtocolRule(var status, var code, var message, var data) ->
          new Words(status, code, message, data, Map.of());
    };
  }

  private static Words ours(int status, int numbered, String message) {
    return new Words(status, OURS - numbered, message);
  }

  private static Words unknown(Target target) {
    String kind =
        switch (target.kind()) {
          case TOOL -> "Unknown tool: ";
          case PROMPT -> "Unknown prompt: ";
          case RESOURCE -> "Unknown resource: ";
          case SKILL -> "Unknown skill: ";
          case OPERATION -> "Unknown operation: ";
        };
    Map<String, Object> data =
        target.kind() == Target.Kind.RESOURCE ? Map.of("uri", clip(target.name())) : Map.of();
    return new Words(200, INVALID_PARAMS, kind + clip(target.name()), data, Map.of());
  }

  private static Words overBudget(Refusal.OverBudget over) {
    long reset = seconds(over.reset());
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("budget", over.budget());
    data.put("unit", over.unit());
    data.put("limit", over.limit());
    data.put("remaining", over.remaining());
    data.put("resetSeconds", reset);
    return new Words(
        429,
        OURS - 429,
        "Over the budget %s of %d %s: try again in %d s"
            .formatted(over.budget(), over.limit(), over.unit(), reset),
        data,
        over.fields());
  }

  private static Words upstream(Era era, int status, String upstream, String reason) {
    return new Words(
        era == Era.MODERN ? status : 200,
        OURS - status,
        "The upstream " + upstream + " " + reason,
        Map.of("reason", reason, "upstream", upstream),
        Map.of());
  }

  static long seconds(Duration duration) {
    return Refusal.seconds(duration);
  }

  private static String clip(String name) {
    return name.length() <= 128 ? name : name.substring(0, 128) + "…";
  }
}
