package dev.turnpike.protocol.mcp.duplex;

import dev.turnpike.config.Mark;
import dev.turnpike.config.Reach;
import dev.turnpike.config.RevisionPin;
import dev.turnpike.config.UpstreamSpec;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Workload;
import dev.turnpike.protocol.mcp.Called;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Field;
import dev.turnpike.upstream.Loops;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Receiver;
import dev.turnpike.upstream.Transport;
import dev.turnpike.upstream.UpstreamFailed;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** A way to an upstream whose other side, and whose clock, is the test. */
final class OneDuplex implements AutoCloseable {
  static final String OPEN =
      "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
          + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}}";
  static final String OPENED =
      "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}";
  static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"t\"}}";

  final FakeChannels channels = new FakeChannels();
  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final AtomicLong nanos = new AtomicLong();
  private final Duplex duplex;

  OneDuplex(boolean shared, int most, Duration timeout) {
    this(shared, most, timeout, Called.RELEASED);
  }

  OneDuplex(boolean shared, int most, Duration timeout, Called called) {
    this.duplex =
        new Duplex(
            new UpstreamSpec(
                "u",
                new Reach.Http(URI.create("http://127.0.0.1:9/"), false),
                new RevisionPin.Auto(),
                timeout,
                timeout,
                100,
                List.of(),
                new Mark("test", 1, 1)),
            new Duplex.Parts(channels, shared, most, 1 << 20, called, () -> {}),
            nanos::get,
            new Random(1));
  }

  static Caller caller(String name) {
    return new Caller(
        Optional.of(new Workload("spiffe://mesh/ns/a/sa/" + name, "mesh", "a", name)),
        Optional.empty());
  }

  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  void sweep() {
    duplex.sweep();
  }

  /** What came of one request. */
  static final class Asked implements Receiver {
    final Transport.Try attempt;
    final List<String> heard = new CopyOnWriteArrayList<>();
    // some want nothing more once they have the answer
    Runnable then = () -> {};
    final CompletableFuture<String> over = new CompletableFuture<>();

    Asked(Transport.Try attempt) {
      this.attempt = attempt;
    }

    @Override
    public void message(Payload json, String eventId) {
      heard.add(json.text());
      then.run();
    }

    @Override
    public void primed(String eventId, OptionalLong retryMillis) {}

    @Override
    public void ended() {
      over.complete("ended");
    }

    @Override
    public void failed(UpstreamFailed failure) {
      over.complete(failure.kind().name());
    }
  }

  <T> T on(Supplier<T> action) {
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

  /** Begins a request whose answer nobody reads yet. */
  Asked begin(String method, String session, String body, Caller caller) {
    List<Field> fields =
        session.isEmpty() ? List.of() : List.of(new Field(Words.HEADER_SESSION, session));
    return on(() ->
        new Asked(
            duplex.begin(
                new Outgoing(method, fields, Payload.of(body), false),
                Optional.of(caller),
                Loops.here(vertx))));
  }

  /** Begins a request, and reads what is answered. */
  Asked ask(String method, String session, String body, Caller caller) {
    Asked asked = begin(method, session, body, caller);
    on(() ->
        asked
            .attempt
            .answered()
            .whenComplete((head, failure) -> {
              if (head != null) {
                head.read(asked);
              } else {
                asked.over.complete(failure.toString());
              }
            }));
    return asked;
  }

  /** Opens a session, and returns its id. */
  String session(Caller caller) {
    Asked asked = ask("POST", "", OPEN, caller);
    channels.last().answer(OPENED);
    return head(asked).headers().first(Words.HEADER_SESSION).orElseThrow();
  }

  static Answered head(Asked asked) {
    return asked.attempt.answered().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  int status(String session, Caller caller) {
    return head(ask("POST", session, CALL, caller)).status();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
