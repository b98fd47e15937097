package dev.turnpike.accept;

import dev.turnpike.exchange.Reply;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Cross-origin requests as clients in a browser need them. Only for origins that are served. */
final class Cors {
  private static final String EXPOSED =
      "Mcp-Session-Id, MCP-Protocol-Version, A2A-Extensions, ETag, WWW-Authenticate, Retry-After,"
          + " RateLimit, RateLimit-Policy";
  private static final List<String> ALLOWED =
      List.of(
          "content-type",
          "accept",
          "authorization",
          "last-event-id",
          "if-none-match",
          "a2a-version",
          "a2a-extensions");

  private Cors() {}

  static boolean isPreflight(HttpServerRequest request) {
    return request.method().name().equals("OPTIONS")
        && request.getHeader("origin") != null
        && request.getHeader("access-control-request-method") != null;
  }

  static void mark(HttpServerResponse response, String origin) {
    response
        .putHeader("Access-Control-Allow-Origin", origin)
        .putHeader("Access-Control-Expose-Headers", EXPOSED)
        .putHeader("Vary", "Origin");
  }

  static void preflight(HttpServerRequest request, Reply reply) {
    String asked = request.getHeader("access-control-request-headers");
    String allowed =
        Arrays.stream((asked == null ? "" : asked).split(",", 64))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .filter(name -> ALLOWED.contains(name) || name.matches("mcp-[!#$%&'*+.^_`|~0-9a-z-]+"))
            .collect(Collectors.joining(", "));
    reply.header("Access-Control-Allow-Methods", "GET, POST, DELETE");
    reply.header("Access-Control-Allow-Headers", allowed);
    reply.header("Access-Control-Max-Age", "7200");
    reply.answer(204);
  }
}
