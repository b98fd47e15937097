package dev.turnpike.upstream;

import static io.vertx.core.http.HttpMethod.POST;

import dev.turnpike.config.UpstreamSpec;
import io.netty.buffer.Unpooled;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** One upstream: how it is reached, how much is asked of it, and when it is left alone. */
public final class Upstream implements AutoCloseable {
  // kept connections that were closed while idle say nothing about the upstream: it is asked anew
  private static final int STALE_CONNECTIONS = 3;

  private final UpstreamSpec spec;
  private final Vertx vertx;
  private final Clients clients;
  private final AnswerLimits limits;
  private final Guards guards;
  private final RequestOptions post;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger inside = new AtomicInteger();

  Upstream(UpstreamSpec spec, Vertx vertx, int messageLimit) {
    this.spec = spec;
    this.vertx = vertx;
    this.clients = new Clients(vertx, spec);
    this.limits = new AnswerLimits(messageLimit, spec.timeout(), spec.idleTimeout());
    this.guards = new Guards(spec);
    this.post = new RequestOptions().setAbsoluteURI(spec.url().toString()).setMethod(POST);
  }

  public String name() {
    return spec.name();
  }

  /** Where it is: what was agreed with one server means nothing to a server elsewhere. */
  public String address() {
    return spec.url().toString();
  }

  public UpstreamSpec spec() {
    return spec;
  }

  /** Answers whose bodies are not read to their end yet. */
  public int open() {
    return open.get();
  }

  /**
   * Runs an exchange that takes one of the upstream's places until its stage completes. Fails with
   * {@link UpstreamFailed.Kind#SHED} when there is none.
   */
  public <T> CompletionStage<T> within(Supplier<CompletionStage<T>> exchange) {
    if (inside.incrementAndGet() > spec.concurrency()) {
      inside.decrementAndGet();
      return CompletableFuture.failedFuture(Guards.crowded());
    }
    try {
      return exchange.get().whenComplete((_, _) -> inside.decrementAndGet());
    } catch (RuntimeException bug) {
      inside.decrementAndGet();
      return CompletableFuture.failedFuture(bug);
    }
  }

  /**
   * Sends the request. Judged by the head: a circuit breaker counts what was not reached, and a
   * retry follows where nothing was sent or the request may be repeated. Called on an event loop,
   * and completes there.
   */
  public Sending send(Outgoing outgoing) {
    Context context = vertx.getOrCreateContext();
    Sending sending = new Sending();
    open.incrementAndGet();
    guards
        .reach(outgoing.repeatable(), () -> attempt(context, outgoing, sending))
        .whenComplete((answered, failure) ->
            Contexts.run(
                context,
                () -> {
                  sending.end(answered, failure == null ? null : guards.failure(failure));
                  open.decrementAndGet();
                }));
    return sending;
  }

  /** What a stage of {@link #within} or {@link #send} failed with, in our words. */
  public UpstreamFailed failure(Throwable thrown) {
    return guards.failure(thrown);
  }

  /** Runs what it is given on the event loop that this is called on. */
  public Executor here() {
    Context context = vertx.getOrCreateContext();
    return action -> Contexts.run(context, action);
  }

  /**
   * The same answer, given on the event loop that this is called on. Also for whoever asked first:
   * threads that complete one dependent of a future help with the others.
   */
  public <T> CompletableFuture<T> here(CompletableFuture<T> shared) {
    return shared.isDone() ? shared : shared.whenCompleteAsync((_, _) -> {}, here());
  }

  /** Runs the action after the time, on the event loop that this is called on. */
  public void later(Duration after, Runnable action) {
    vertx.setTimer(Math.max(1, after.toMillis()), _ -> action.run());
  }

  private CompletionStage<Answered> attempt(Context context, Outgoing outgoing, Sending sending) {
    CompletableFuture<Answered> result = new CompletableFuture<>();
    // a retry comes from a timer thread; the socket belongs to the event loop
    Contexts.run(context, () -> connect(outgoing, result, sending));
    return result;
  }

  private void connect(Outgoing outgoing, CompletableFuture<Answered> result, Sending sending) {
    RequestOptions options = options(outgoing.method());
    Attempt attempt = new Attempt(vertx, outgoing.timeout().orElse(limits.timeout()), result);
    sending.begin(attempt);
    request(options, outgoing, attempt, STALE_CONNECTIONS);
  }

  // asking does not change them, so they need no copy for each call
  private RequestOptions options(String method) {
    return method.equals(POST.name())
        ? post
        : new RequestOptions(post).setMethod(HttpMethod.valueOf(method));
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

  @Override
  public void close() {
    clients.close();
  }
}
