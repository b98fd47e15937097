package dev.turnpike.accept;

import dev.turnpike.accept.HeadWatch.Unread;
import dev.turnpike.exchange.Headers;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.exchange.Usage;
import dev.turnpike.rpc.Payload;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Takes requests off the socket. Runs on the event loop of each connection. */
public final class Door implements Handler<HttpServerRequest> {
  // RFC 9113, section 8.1: the answer is whole, the rest of the request is not wanted
  private static final long NO_ERROR = 0;

  private static final Refusal TOO_SLOW =
      new Refusal.ProtocolRule(408, -32600, "The body did not come in time");
  private static final Refusal CROWDED =
      new Refusal.Overloaded("Turnpike has as many calls under way as it takes: try again later");
  private static final Refusal LATE =
      new Refusal.Overloaded("Turnpike has more to do than it can: try again later");
  private static final Refusal CONTROLS =
      new Refusal.Malformed("A header field holds a control character");
  private static final Outcome BROKEN_OFF =
      new Outcome.Cut(Outcome.By.CALLER, "left in the middle of its body, or broke its framing");
  private static final long NO_TIMER = -1;
  private static final long STOPPED = -2;

  private final Vertx vertx;
  private final AcceptLimits limits;
  private final Hosts hosts;
  private final Connections connections;
  private final Admission admission;
  private final BiConsumer<Inbound, Reply> road;
  private final Turnaway turnaway;
  private final Unread unread;

  /** Tells somebody that is not let onto the road, and notes it. */
  @FunctionalInterface
  public interface Turnaway {
    void refuse(Inbound inbound, Refusal reason, Reply reply);
  }

  public Door(
      Vertx vertx,
      AcceptLimits limits,
      Hosts hosts,
      Connections connections,
      Ticker ticker,
      BiConsumer<Inbound, Reply> road,
      Turnaway turnaway,
      Unread unread) {
    this.vertx = vertx;
    this.limits = limits;
    this.hosts = hosts;
    this.connections = connections;
    this.admission =
        new Admission(
            (millis, action) -> vertx.setTimer(millis, _ -> action.run()), limits.room(), ticker);
    this.road = road;
    this.turnaway = turnaway;
    this.unread = unread;
  }

  /** Exchanges that were admitted and are not over; streams included. */
  public int exchanges() {
    return admission.exchanges();
  }

  @Override
  public void handle(HttpServerRequest request) {
    if (connections.finished(request)) {
      // who was told that the last one was the last does not get this one in behind it
      request.connection().close();
      return;
    }
    Admission.Entry entry = admission.enter();
    HttpReply reply = new HttpReply(vertx, request, limits, connections, admission, entry);
    Headers headers = new HeadFields(request.headers());
    if (entry == Admission.Entry.FLOODED) {
      turn(request, headers, CROWDED, reply);
      return;
    }
    if (request.version() == HttpVersion.HTTP_2 && HeadFields.controls(request.headers())) {
      // on HTTP/1.1 the codec has refused them already
      turn(request, headers, CONTROLS, reply);
      return;
    }
    List<String> named = headers.all("host");
    List<String> origins = headers.all("origin");
    String host = host(request);
    if (named.size() > 1 || !hosts.servesHost(host)) {
      turn(request, headers, new Refusal.ForeignOrigin("Host"), reply);
    } else if (origins.size() > 1
        || (origins.size() == 1 && !hosts.servesOrigin(origins.getFirst()))) {
      turn(request, headers, new Refusal.ForeignOrigin("Origin"), reply);
    } else {
      if (origins.size() == 1) {
        Cors.mark(request.response(), origins.getFirst());
      }
      if (Cors.isPreflight(request)) {
        read(
            request,
            headers,
            reply,
            inbound -> {
              Cors.preflight(request, reply);
              unread.ended(inbound, new Outcome.Served(Usage.NONE));
            });
      } else {
        read(
            request,
            headers,
            reply,
            inbound -> {
              if (entry == Admission.Entry.ADMITTED) {
                road.accept(inbound, reply);
              } else {
                turnaway.refuse(inbound, CROWDED, reply);
              }
            });
      }
    }
  }

  private static String host(HttpServerRequest request) {
    var authority = request.authority();
    String header = request.getHeader("host");
    if (request.version() == HttpVersion.HTTP_2 && authority != null) {
      // two names for one host is one too many
      return header == null || header.equals(authority.toString()) ? authority.toString() : "";
    }
    if (header == null || request.uri().startsWith("/") || request.uri().equals("*")) {
      return header == null ? "" : header;
    }
    // absolute form: the target names the host, and Host must not name another (RFC 9112, section
    // 3.2.2)
    String named = "http://" + header;
    return request.uri().equals(named) || request.uri().startsWith(named + "/") ? header : "";
  }

  // one framing, or none: what two readers would cut differently is not read at all
  private static boolean framed(Headers headers) {
    List<String> encodings = headers.all("transfer-encoding");
    return encodings.isEmpty()
        || (encodings.size() == 1 && encodings.getFirst().equalsIgnoreCase("chunked"));
  }

  private void read(
      HttpServerRequest request, Headers headers, HttpReply reply, Consumer<Inbound> next) {
    String encoding = request.getHeader("content-encoding");
    if (encoding != null && !encoding.toLowerCase(Locale.ROOT).equals("identity")) {
      turn(
          request,
          headers,
          new Refusal.ProtocolRule(415, -32600, "Content-Encoding is not taken: send it plain"),
          reply);
      return;
    }
    if (!framed(headers)) {
      turn(
          request,
          headers,
          new Refusal.ProtocolRule(501, -32600, "Transfer-Encoding is not taken, but for chunked"),
          reply);
      return;
    }
    if (declared(request) > limits.body()) {
      turn(request, headers, new Refusal.TooLarge(limits.body()), reply);
      return;
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
      request.response().writeContinue();
    }
    BodyReader reader = new BodyReader(limits.body());
    long[] timer = {NO_TIMER};
    Runnable broken =
        () -> {
          if (timer[0] != STOPPED) {
            stop(timer);
            unread.ended(inbound(request, headers, Payload.EMPTY), BROKEN_OFF);
          }
        };
    request.exceptionHandler(_ -> broken.run());
    reply.onGone(broken);
    request.handler(chunk -> {
      if (!reader.take(chunk)) {
        stop(timer);
        turn(request, headers, new Refusal.TooLarge(limits.body()), reply);
      } else if (!reply.hold(chunk.length())) {
        stop(timer);
        turn(request, headers, CROWDED, reply);
      }
    });
    request.endHandler(_ -> {
      stop(timer);
      if (reply.committed()) {
        return;
      }
      Inbound inbound = inbound(request, headers, reader.whole());
      if (admission.late()) {
        turnaway.refuse(inbound, LATE, reply);
      } else {
        next.accept(inbound);
      }
    });
    request.resume();
    // most bodies come with their heads: only one that does not is worth a timer
    vertx
        .getOrCreateContext()
        .runOnContext(_ -> {
          if (timer[0] == NO_TIMER && !reply.committed() && !request.isEnded()) {
            timer[0] =
                vertx.setTimer(
                    limits.bodyTime().toMillis(),
                    _ -> {
                      stop(timer);
                      turn(request, headers, TOO_SLOW, reply);
                    });
          }
        });
  }

  private void stop(long[] timer) {
    if (timer[0] >= 0) {
      vertx.cancelTimer(timer[0]);
    }
    timer[0] = STOPPED;
  }

  private void turn(HttpServerRequest request, Headers headers, Refusal reason, HttpReply reply) {
    if (reply.committed()) {
      return;
    }
    // what is left of the body is not worth reading: the connection goes with the answer
    reply.last();
    turnaway.refuse(inbound(request, headers, Payload.EMPTY), reason, reply);
    request.handler(_ -> {});
    request.resume();
    if (request.version() == HttpVersion.HTTP_2) {
      // the connection carries others: only this stream is ended, with what is still being sent on
      // it
      vertx.setTimer(HttpReply.LINGER_MILLIS, _ -> request.response().reset(NO_ERROR));
    }
  }

  private static Inbound inbound(HttpServerRequest request, Headers headers, Payload body) {
    String path = request.path();
    String query = request.query();
    return new Inbound(
        request.method().name(),
        path == null ? "" : path,
        query == null ? "" : query,
        headers,
        body,
        Peers.of(request.connection()));
  }

  private static long declared(HttpServerRequest request) {
    String length = request.getHeader("content-length");
    try {
      return length == null ? -1 : Long.parseLong(length);
    } catch (NumberFormatException _) {
      return Long.MAX_VALUE;
    }
  }
}
