package dev.turnpike.admin;

import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Reads what is posted, as strictly as what callers send. */
final class Body {
  static final int LARGEST = 256 * 1024;

  private static final ScanLimits LIMITS = new ScanLimits(64, 10_000);

  private Body() {}

  /** Hears of the whole body of a request, or of more than is taken of one. */
  static void whole(RoutingContext context, Consumer<Buffer> then) {
    HttpServerRequest request = context.request();
    if (request.isEnded()) {
      // Quarkus has a reader of bodies of its own on this port
      Buffer read = context.body().buffer();
      then.accept(read == null ? Buffer.buffer() : read);
      return;
    }
    // one that stays unread would hold up its connection
    Buffer body = Buffer.buffer();
    request.handler(chunk -> {
      if (body.length() <= LARGEST) {
        body.appendBuffer(chunk);
      }
    });
    request.endHandler(_ -> then.accept(body));
    request.resume();
  }

  static Map<String, Object> object(Payload body) throws BadQuery {
    try {
      JsonScanner.scan(body, new Wanted(), LIMITS, Strictness.CALLER);
    } catch (MalformedJson malformed) {
      throw new BadQuery(
          "the body is not JSON that is taken (%s, at byte %d)"
              .formatted(malformed.reason(), malformed.offset()));
    }
    return members(JsonValue.read(body), "the body");
  }

  static Map<String, Object> members(Object value, String what) throws BadQuery {
    if (!(value instanceof Map<?, ?> object)) {
      throw new BadQuery(what + " is an object");
    }
    Map<String, Object> members = new LinkedHashMap<>();
    object.forEach((name, member) -> members.put(String.valueOf(name), member));
    return members;
  }
}
