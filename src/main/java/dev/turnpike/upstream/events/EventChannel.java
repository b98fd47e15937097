package dev.turnpike.upstream.events;

import dev.turnpike.rpc.Payload;
import dev.turnpike.sse.SseEvent;
import dev.turnpike.sse.SseReader;
import dev.turnpike.sse.SseTooLarge;
import dev.turnpike.upstream.Batched;
import dev.turnpike.upstream.Channel;
import dev.turnpike.upstream.UpstreamFailed;
import io.netty.buffer.Unpooled;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One stream of events, and what is posted to the address that its first event names. What is
 * posted goes out one by one, so that it arrives in order. Thread-safe: all that it does is done on
 * the event loop that it was begun on.
 */
final class EventChannel implements Channel {
  private static final long MOST_BYTES = 16L * 1024 * 1024;

  private final Vertx vertx;
  private final Context context;
  private final URI url;
  private final HttpClient client;
  private final SseReader reader;
  private final Ear ear;
  private final Queue<Payload> waiting = new ArrayDeque<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();
  private @Nullable HttpClientRequest stream;
  private @Nullable URI address;
  private @Nullable HttpClientRequest post;
  private boolean posting;
  private Duration patience = Duration.ofSeconds(60);

  EventChannel(Vertx vertx, URI url, HttpClient client, int messageLimit, Ear ear) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.url = url;
    this.client = client;
    this.ear = ear;
    this.reader = new SseReader(messageLimit, this::said);
  }

  /**
   * Opens the stream.
   *
   * @param timeout until its first event has named the address
   */
  void begin(Duration timeout) {
    patience = timeout;
    vertx.setTimer(
        Math.max(1, timeout.toMillis()),
        _ -> {
          if (address == null) {
            fail(UpstreamFailed.Kind.TIMED_OUT, "did not say where to post to");
          }
        });
    client
        .request(new RequestOptions().setAbsoluteURI(url.toString()).setMethod(HttpMethod.GET))
        .onSuccess(this::ask)
        .onFailure(_ -> fail(UpstreamFailed.Kind.UNREACHABLE, "cannot be connected to"));
  }

  private void ask(HttpClientRequest request) {
    request.exceptionHandler(_ -> {});
    if (over.get()) {
      request.reset();
      return;
    }
    stream = request;
    request
        .putHeader("accept", "text/event-stream")
        .send()
        .onSuccess(this::hear)
        .onFailure(
            _ -> fail(UpstreamFailed.Kind.UNREACHABLE, "closed the connection before it answered"));
  }

  private void hear(HttpClientResponse response) {
    String type = String.valueOf(response.getHeader("content-type")).toLowerCase(Locale.ROOT);
    response.exceptionHandler(_ -> fail(UpstreamFailed.Kind.BROKEN_OFF, "broke off its stream"));
    if (response.statusCode() != 200 || !type.startsWith("text/event-stream")) {
      fail(
          UpstreamFailed.Kind.UNREACHABLE,
          "has no stream of events (status " + response.statusCode() + ")");
      return;
    }
    response.handler(chunk -> {
      byte[] read = chunk.getBytes();
      try {
        reader.feed(read, 0, read.length);
      } catch (SseTooLarge _) {
        fail(UpstreamFailed.Kind.UNREADABLE, "sent an event that is too large");
      }
    });
    response.endHandler(_ -> fail(UpstreamFailed.Kind.BROKEN_OFF, "ended its stream"));
  }

  private void said(SseEvent event) {
    if (over.get()) {
      return;
    }
    switch (event.event()) {
      case "endpoint" -> named(event.data().text());
      case "message" -> Batched.each(event.data(), ear::message);
      default -> {}
    }
  }

  private void named(String where) {
    Optional<URI> named = Origins.within(url, where);
    if (named.isEmpty()) {
      fail(UpstreamFailed.Kind.UNREADABLE, "names an address elsewhere to post to");
    } else if (address == null) {
      address = named.get();
      post();
    }
  }

  @Override
  public boolean write(Payload message) {
    if (over.get()) {
      return false;
    }
    if (bytes.addAndGet(message.size()) > MOST_BYTES) {
      bytes.addAndGet(-message.size());
      return false;
    }
    context.runOnContext(_ -> {
      waiting.add(message);
      post();
    });
    return true;
  }

  private void post() {
    URI to = address;
    if (to == null || posting || over.get() || waiting.isEmpty()) {
      return;
    }
    posting = true;
    Payload message = waiting.remove();
    // one that is never taken would hold up all that are behind it
    long timer =
        vertx.setTimer(
            Math.max(1, patience.toMillis()),
            _ -> fail(UpstreamFailed.Kind.BROKEN_OFF, "does not take what is posted"));
    client
        .request(new RequestOptions().setAbsoluteURI(to.toString()).setMethod(HttpMethod.POST))
        .compose(request -> {
          request.exceptionHandler(_ -> {});
          post = request;
          return request
              .putHeader("content-type", "application/json")
              .send(
                  Buffer.buffer(
                      Unpooled.wrappedBuffer(message.array(), message.offset(), message.size())));
        })
        .onComplete(_ -> vertx.cancelTimer(timer))
        .onSuccess(response -> taken(message, response))
        .onFailure(
            _ -> fail(UpstreamFailed.Kind.BROKEN_OFF, "closed the connection that is posted on"));
  }

  private void taken(Payload message, HttpClientResponse response) {
    // what it says there is said on the stream too
    response.exceptionHandler(_ -> {});
    response.handler(_ -> {});
    bytes.addAndGet(-message.size());
    posting = false;
    if (response.statusCode() / 100 == 2) {
      post();
    } else {
      fail(
          UpstreamFailed.Kind.BROKEN_OFF,
          "refused what was posted with status " + response.statusCode());
    }
  }

  @Override
  public CompletionStage<?> close() {
    CompletableFuture<@Nullable Void> gone = new CompletableFuture<>();
    context.runOnContext(_ -> {
      fail(UpstreamFailed.Kind.BROKEN_OFF, "was ended");
      gone.complete(null);
    });
    return gone;
  }

  private void fail(UpstreamFailed.Kind kind, String why) {
    if (over.compareAndSet(false, true)) {
      waiting.clear();
      HttpClientRequest open = stream;
      if (open != null) {
        open.reset();
      }
      HttpClientRequest under = post;
      if (posting && under != null) {
        under.reset();
      }
      ear.closed(new UpstreamFailed(kind, why));
    }
  }
}
