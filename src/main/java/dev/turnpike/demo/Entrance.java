package dev.turnpike.demo;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is checked before a body is read, alike in every revision of Streamable HTTP. */
final class Entrance {
  static final String PATH = "/mcp";

  /** A demo has no use for more. */
  static final int LARGEST_BODY = 4 << 20;

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private Entrance() {}

  /** The status to turn the request away with; empty if it may come in. */
  static Optional<Integer> barred(HttpServerRequest request) {
    if (!PATH.equals(request.path())) {
      return Optional.of(404);
    }
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    boolean local =
        request.authority() != null
            && LOOPBACK.contains(request.authority().host().toLowerCase(Locale.ROOT))
            && (origin == null || LOOPBACK.contains(hostOf(origin)));
    return local ? Optional.empty() : Optional.of(403);
  }

  /** The status to turn a POST away with; empty if its body may be read. */
  static Optional<Integer> unreadable(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !mediaTypes(type).contains("application/json")) {
      return Optional.of(415);
    }
    boolean both = accepts(request, "application/json") && accepts(request, "text/event-stream");
    return both ? Optional.empty() : Optional.of(406);
  }

  static boolean accepts(HttpServerRequest request, String mediaType) {
    List<String> accepted =
        request.headers().getAll(HttpHeaders.ACCEPT).stream()
            .flatMap(value -> mediaTypes(value).stream())
            .toList();
    String group = mediaType.substring(0, mediaType.indexOf('/')) + "/*";
    return Stream.of(mediaType, group, "*/*").anyMatch(accepted::contains);
  }

  /** The whole body. Fails when it is larger than {@link #LARGEST_BODY}. */
  static Future<Buffer> body(HttpServerRequest request) {
    Promise<Buffer> whole = Promise.promise();
    Buffer read = Buffer.buffer();
    request.handler(part -> {
      if (read.length() + part.length() > LARGEST_BODY) {
        whole.tryFail("the body is larger than " + LARGEST_BODY + " bytes");
      } else {
        read.appendBuffer(part);
      }
    });
    request.endHandler(end -> whole.tryComplete(read));
    request.exceptionHandler(whole::tryFail);
    return whole.future();
  }

  private static List<String> mediaTypes(String value) {
    return Stream.of(value.split(",", -1))
        .map(part -> part.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static String hostOf(String origin) {
    try {
      @Nullable String host = URI.create(origin).getHost();
      return host == null ? "" : host.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException notAnOrigin) {
      return "";
    }
  }
}
