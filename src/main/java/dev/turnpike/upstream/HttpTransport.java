package dev.turnpike.upstream;

import static io.vertx.core.http.HttpMethod.POST;

import dev.turnpike.config.Reach;
import dev.turnpike.config.UpstreamSpec;
import dev.turnpike.exchange.Caller;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests over HTTP, as they are. */
public final class HttpTransport implements Transport {
  // kept connections that were closed while idle say nothing about the upstream: it is asked anew
  private static final int STALE_CONNECTIONS = 3;

  private final Vertx vertx;
  private final Clients clients;
  private final AnswerLimits limits;
  private final RequestOptions post;
  private final AtomicInteger open = new AtomicInteger();

  /**
   * @param messageLimit bytes of one message of an answer
   */
  public HttpTransport(UpstreamSpec spec, Reach.Http reach, Vertx vertx, int messageLimit) {
    this.vertx = vertx;
    this.clients = new Clients(vertx, reach, spec.concurrency());
    this.limits = new AnswerLimits(messageLimit, spec.timeout(), spec.idleTimeout());
    this.post = new RequestOptions().setAbsoluteURI(reach.url().toString()).setMethod(POST);
  }

  @Override
  public Try begin(Outgoing outgoing, Optional<Caller> caller, Loop loop) {
    Attempt attempt = new Attempt(vertx, outgoing.timeout().orElse(limits.timeout()));
    request(options(outgoing), outgoing, attempt, STALE_CONNECTIONS);
    return attempt;
  }

  @Override
  public int open() {
    return open.get();
  }

  @Override
  public void sweep() {}

  @Override
  public CompletionStage<?> close() {
    clients.close();
    return CompletableFuture.completedFuture(null);
  }

  // asking does not change them, so they need no copy for each call
  private RequestOptions options(Outgoing outgoing) {
    if (outgoing.method().equals(POST.name()) && outgoing.to().isEmpty()) {
      return post;
    }
    RequestOptions options =
        new RequestOptions(post).setMethod(HttpMethod.valueOf(outgoing.method()));
    outgoing.to().ifPresent(url -> options.setAbsoluteURI(url.toString()));
    return options;
  }

  private void request(
      RequestOptions options, Outgoing outgoing, Attempt attempt, int staleConnections) {
    asked(options)
        .onSuccess(request -> transmit(request, outgoing, attempt))
        .onFailure(failure -> {
          if (failure instanceof HttpClosedException && staleConnections > 0) {
            request(options, outgoing, attempt, staleConnections - 1);
          } else {
            attempt.fail(new UpstreamFailed(UpstreamFailed.Kind.UNREACHABLE, unreachable(failure)));
          }
        });
  }

  // a client that was closed throws where every other failure is told by the future
  private Future<HttpClientRequest> asked(RequestOptions options) {
    try {
      return clients.here().request(options);
    } catch (IllegalStateException closed) {
      return Future.failedFuture(closed);
    }
  }

  private void transmit(HttpClientRequest request, Outgoing outgoing, Attempt attempt) {
    if (!attempt.sending(request)) {
      return;
    }
    // a reset is our own doing, and the future tells of every other failure
    request.exceptionHandler(_ -> {});
    try {
      outgoing.fields().forEach(field -> request.headers().add(field.name(), field.value()));
    } catch (IllegalArgumentException _) {
      request.reset();
      attempt.fail(
          new UpstreamFailed(
              UpstreamFailed.Kind.UNREADABLE,
              "cannot be asked with a header field that HTTP does not allow"));
      return;
    }
    var answer =
        outgoing.body().size() == 0
            ? request.send()
            : request.send(
                Buffer.buffer(
                    Unpooled.wrappedBuffer(
                        outgoing.body().array(),
                        outgoing.body().offset(),
                        outgoing.body().size())));
    answer
        .onSuccess(response -> {
          response.pause();
          attempt.head(new HttpAnswer(vertx, response, limits, open));
        })
        .onFailure(failure ->
            attempt.fail(
                new UpstreamFailed(
                    UpstreamFailed.Kind.BROKEN_OFF, "closed the connection before it answered")));
  }

  private static String unreachable(Throwable failure) {
    return switch (failure) {
      case ConnectException _ -> "cannot be connected to";
      case IllegalStateException _ -> "is not served any more";
      default -> "cannot be reached (" + failure.getClass().getSimpleName() + ")";
    };
  }
}
