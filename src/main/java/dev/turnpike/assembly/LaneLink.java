package dev.turnpike.assembly;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.ExchangeListener.Watch;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Usage;
import dev.turnpike.lane.Workers;
import dev.turnpike.lane.WorkersLost;
import dev.turnpike.rpc.Payload;
import dev.turnpike.sse.SseEvent;
import dev.turnpike.sse.SseReader;
import dev.turnpike.sse.SseTooLarge;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;

/**
 * The experimental lane where that is another process: requests of one alpha go there as they came,
 * without what their callers proved themselves with, and with a pass that says who they are.
 */
final class LaneLink implements Workers {
  private static final Set<String> THERE =
      Set.of("content-type", "accept", "last-event-id", "traceparent", "tracestate");
  private static final Set<String> BACK =
      Set.of(
          "ratelimit",
          "ratelimit-policy",
          "retry-after",
          "deprecation",
          "sunset",
          "allow",
          "mcp-session-id");
  private static final int MOST_BYTES = 4 * 1024 * 1024;
  private static final Outcome BROKEN_OFF =
      new Outcome.Cut(Outcome.By.UPSTREAM, "the process of the lane ended");

  private final String flag;
  private final URI url;
  private final LanePass pass;
  private final Vertx vertx;
  private final Context loop;
  private final HttpClient client;

  /**
   * @param url of the other process
   * @param places calls under way at once
   */
  LaneLink(String flag, URI url, LanePass pass, int places) {
    this.flag = flag;
    this.url = url;
    this.pass = pass;
    this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    this.loop = vertx.getOrCreateContext();
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(2_000),
            new PoolOptions().setHttp1MaxSize(places).setMaxWaitQueueSize(0));
  }

  @Override
  public Executor next() {
    return LaneWorkers.on(loop);
  }

  @Override
  public CompletionStage<List<Outcome>> serve(
      Inbound inbound, Caller caller, Reply reply, Watch watch) {
    CompletableFuture<List<Outcome>> end = new CompletableFuture<>();
    String query = inbound.query().isEmpty() ? "" : "?" + inbound.query();
    client
        .request(asked(inbound, query))
        .onFailure(_ -> end.completeExceptionally(away()))
        .onSuccess(request -> {
          reply.onGone(() -> {
            end.complete(List.of(new Outcome.Cut(Outcome.By.CALLER, "went away")));
            request.reset();
          });
          send(request, inbound, caller)
              .response()
              .onFailure(_ -> end.completeExceptionally(new WorkersLost(away())))
              .onSuccess(response -> answered(response, reply, end));
        });
    return end;
  }

  // as localhost, which is answered whatever the other process is called in the cluster
  private RequestOptions asked(Inbound inbound, String query) {
    boolean encrypted = url.getScheme().equals("https");
    int port = url.getPort() > 0 ? url.getPort() : encrypted ? 443 : 80;
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(inbound.method()))
            .setSsl(encrypted)
            .setHost(url.getHost())
            .setPort(port)
            .setURI(inbound.path() + query);
    return encrypted
        ? options
        : options
            .setServer(SocketAddress.inetSocketAddress(port, url.getHost()))
            .setHost("localhost");
  }

  private static Refused away() {
    return new Refused(
        new Refusal.UpstreamUnavailable("experimental-lane", "cannot be reached", false));
  }

  private HttpClientRequest send(HttpClientRequest request, Inbound inbound, Caller caller) {
    for (String name : inbound.headers().startingWith("")) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (THERE.contains(lower) || lower.startsWith("mcp-")) {
        inbound.headers().all(name).forEach(value -> request.headers().add(lower, value));
      }
    }
    request.putHeader(LanePass.FIELD, pass.of(flag, caller, inbound));
    request.exceptionHandler(_ -> {});
    var _ = request.send(Buffer.buffer(inbound.body().copy()));
    return request;
  }

  private static void answered(
      HttpClientResponse response, Reply reply, CompletableFuture<List<Outcome>> end) {
    if (LanePass.FAILED.equals(response.getHeader(LanePass.FIELD))) {
      response.exceptionHandler(_ -> {});
      response.request().reset();
      end.completeExceptionally(new IllegalStateException("failed in its lane"));
      return;
    }
    response
        .headers()
        .forEach((name, value) -> {
          if (BACK.contains(name.toLowerCase(Locale.ROOT))) {
            reply.header(name, value);
          }
        });
    String type = String.valueOf(response.getHeader("content-type"));
    response.exceptionHandler(_ -> end.completeExceptionally(new WorkersLost(away())));
    if (type.startsWith("text/event-stream")) {
      streamed(response, reply.stream(), end);
      return;
    }
    Buffer body = Buffer.buffer();
    response.handler(chunk -> {
      if (body.length() <= MOST_BYTES) {
        body.appendBuffer(chunk);
      }
    });
    response.endHandler(_ -> {
      if (body.length() > MOST_BYTES) {
        end.completeExceptionally(new IllegalStateException("answered more than is taken of it"));
      } else {
        Payload payload = Payload.of(body.getBytes());
        reply.answer(response.statusCode(), body.length() == 0 ? "" : type, payload);
        end.complete(List.of(new Outcome.Served(Usage.NONE)));
      }
    });
  }

  private static void streamed(
      HttpClientResponse response, Reply.EventSink sink, CompletableFuture<List<Outcome>> end) {
    SseReader reader =
        new SseReader(
            MOST_BYTES,
            event -> {
              pass(event, sink);
              if (sink.full()) {
                response.pause();
                sink.onDrain(response::resume);
              }
            });
    response.exceptionHandler(_ -> {
      sink.cut();
      end.complete(List.of(BROKEN_OFF));
    });
    response.handler(chunk -> {
      try {
        byte[] bytes = chunk.getBytes();
        reader.feed(bytes, 0, bytes.length);
      } catch (SseTooLarge tooLarge) {
        end.completeExceptionally(tooLarge);
        response.request().reset();
      }
    });
    response.endHandler(_ -> {
      reader.end();
      sink.end();
      end.complete(List.of(new Outcome.Served(Usage.NONE)));
    });
  }

  private static void pass(SseEvent event, Reply.EventSink sink) {
    if (event.data().size() == 0 && event.retryMillis().isPresent()) {
      sink.prime(event.id().orElse(""), event.retryMillis().getAsLong());
    } else if (event.event().equals("message")) {
      sink.event(event.id().orElse(""), event.data());
    } else {
      sink.named(event.event(), event.data());
    }
  }

  @Override
  public void withdraw(BiPredicate<Caller, String> whose, Duration after) {
    // the other process has them; without a pass nobody comes to them
  }

  @Override
  public void close(Duration after) {
    LaneWorkers.later(after, vertx::close);
  }
}
