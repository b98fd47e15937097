package dev.turnpike.upstream;

import dev.turnpike.config.Mark;
import dev.turnpike.config.Reach;
import dev.turnpike.config.RevisionPin;
import dev.turnpike.config.UpstreamSpec;
import dev.turnpike.rpc.Payload;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One real upstream over real sockets, and an event loop to use it from. */
public final class OneUpstream implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final Upstream upstream;

  private OneUpstream(UpstreamSpec spec) {
    this.upstream =
        Upstreams.of(Map.of("m", spec), Upstreams.none(), vertx, overHttp(vertx, 1 << 20))
            .named("m");
  }

  /** Over HTTP alone; messages of answers may have so many bytes. */
  public static Connector overHttp(Vertx vertx, int messageLimit) {
    return spec ->
        switch (spec.reach()) {
          case Reach.Http http -> new HttpTransport(spec, http, vertx, messageLimit);
          case Reach.Card card ->
              new HttpTransport(
                  spec, new Reach.Http(card.url(), card.http2()), vertx, messageLimit);
          case Reach.Events _, Reach.Program _ -> throw new IllegalArgumentException(spec.name());
        };
  }

  /** With that time to the first byte, and between the bytes of a stream. */
  public static OneUpstream at(String url, Duration timeout, Duration idle) {
    return new OneUpstream(spec(url, new RevisionPin.Modern(), timeout, idle, 4));
  }

  /** Of whose era nothing is said, so that it is asked. */
  public static OneUpstream unknown(String url) {
    return unknown(url, Duration.ofSeconds(10));
  }

  /** The same, with that time for everything. */
  public static OneUpstream unknown(String url, Duration time) {
    return new OneUpstream(spec(url, new RevisionPin.Auto(), time, time, 4));
  }

  private static UpstreamSpec spec(
      String url, RevisionPin era, Duration timeout, Duration idle, int concurrency) {
    return new UpstreamSpec(
        "m",
        new Reach.Http(URI.create(url), false),
        era,
        timeout,
        idle,
        concurrency,
        List.of(),
        new Mark("test", 1, 1));
  }

  public Upstream upstream() {
    return upstream;
  }

  public Vertx vertx() {
    return vertx;
  }

  /** Does it on the event loop, and waits until it is done. */
  public <T> T on(Supplier<T> action) {
    CompletableFuture<T> done = new CompletableFuture<>();
    loop.runOnContext(_ -> {
      try {
        done.complete(action.get());
      } catch (RuntimeException | AssertionError failed) {
        done.completeExceptionally(failed);
      }
    });
    return done.orTimeout(10, TimeUnit.SECONDS).join();
  }

  public void run(Runnable action) {
    on(() -> {
      action.run();
      return true;
    });
  }

  /** A call of a tool, as it would go out. */
  public static Outgoing call(boolean repeatable) {
    return new Outgoing(
        "POST",
        List.of(new Field("Content-Type", "application/json")),
        Payload.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{}}"),
        repeatable);
  }

  @Override
  public void close() {
    upstream.close();
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
