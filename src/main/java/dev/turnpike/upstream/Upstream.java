package dev.turnpike.upstream;

import dev.turnpike.config.UpstreamSpec;
import dev.turnpike.exchange.Caller;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** One upstream: how it is reached, how much is asked of it, and when it is left alone. */
public final class Upstream {
  private final UpstreamSpec spec;
  private final Vertx vertx;
  private final Transport transport;
  private final Guards guards;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger inside = new AtomicInteger();

  Upstream(UpstreamSpec spec, Vertx vertx, Transport transport) {
    this.spec = spec;
    this.vertx = vertx;
    this.transport = transport;
    this.guards = new Guards(spec);
  }

  public String name() {
    return spec.name();
  }

  /** Where it is: what was agreed with one server means nothing to a server elsewhere. */
  public String address() {
    return spec.reach().place();
  }

  public UpstreamSpec spec() {
    return spec;
  }

  /** Answers whose bodies are not read to their end yet. */
  public int open() {
    return open.get() + transport.open();
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
    return send(outgoing, Optional.empty());
  }

  /** The same, on behalf of that caller. */
  public Sending send(Outgoing outgoing, Caller caller) {
    return send(outgoing, Optional.of(caller));
  }

  private Sending send(Outgoing outgoing, Optional<Caller> caller) {
    Loop loop = new Loop(vertx);
    Sending sending = new Sending();
    open.incrementAndGet();
    guards
        .reach(outgoing.repeatable(), () -> attempt(loop, outgoing, caller, sending))
        .whenComplete((answered, failure) ->
            loop.execute(() -> {
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
    return new Loop(vertx);
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

  private CompletionStage<Answered> attempt(
      Loop loop, Outgoing outgoing, Optional<Caller> caller, Sending sending) {
    CompletableFuture<Answered> result = new CompletableFuture<>();
    // a retry comes from a timer thread; the exchange belongs to the event loop
    loop.execute(() -> {
      if (sending.unwanted()) {
        result.completeExceptionally(UpstreamFailed.unwanted());
        return;
      }
      Transport.Try begun = transport.begin(outgoing, caller, loop);
      sending.begin(begun);
      begun
          .answered()
          .whenComplete((answered, failure) -> {
            if (answered != null) {
              result.complete(answered);
            } else {
              result.completeExceptionally(failure);
            }
          });
    });
    return result;
  }

  /** Lets go of what nobody has used for a while. From time to time, on any thread. */
  public void sweep() {
    transport.sweep();
  }

  /** Ends it; completes, on any thread, when nothing of it is left. */
  public CompletionStage<?> close() {
    return transport.close();
  }
}
