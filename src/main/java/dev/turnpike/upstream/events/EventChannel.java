package dev.turnpike.upstream.events;

import dev.turnpike.rpc.Payload;
import dev.turnpike.sse.SseEvent;
import dev.turnpike.sse.SseReader;
import dev.turnpike.sse.SseTooLarge;
import dev.turnpike.upstream.Batched;
import dev.turnpike.upstream.Channel;
import dev.turnpike.upstream.UpstreamFailed;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One stream of events, and what is posted to the address that its first event names. Thread-safe:
 * all that it does is done on the event loop that it was begun on.
 */
final class EventChannel implements Channel {
  private final Vertx vertx;
  private final Context context;
  private final URI url;
  private final HttpClient client;
  private final SseReader reader;
  private final Ear ear;
  private final Posting posting;
  private final Duration timeout;
  private final AtomicBoolean over = new AtomicBoolean();
  private @Nullable HttpClientRequest stream;
  private @Nullable URI address;

  /**
   * @param timeout until the first event of the stream has named the address
   */
  EventChannel(
      Vertx vertx, URI url, HttpClient client, int messageLimit, Duration timeout, Ear ear) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.url = url;
    this.client = client;
    this.ear = ear;
    this.timeout = timeout;
    this.posting = new Posting(vertx, client, timeout, this::fail);
    this.reader = new SseReader(messageLimit, this::said);
  }

  /** Opens the stream. */
  void begin() {
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
      posting.begin(named.get());
    }
  }

  @Override
  public boolean write(Payload message) {
    if (over.get() || !posting.reserve(message)) {
      return false;
    }
    context.runOnContext(_ -> posting.add(message));
    return true;
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
      HttpClientRequest open = stream;
      if (open != null) {
        open.reset();
      }
      posting.end();
      ear.closed(new UpstreamFailed(kind, why));
    }
  }
}
