package dev.turnpike.upstream;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One try at a request over HTTP. All on one event loop. */
final class Attempt implements Transport.Try {
  private final Vertx vertx;
  private final CompletableFuture<Answered> result = new CompletableFuture<>();
  private final long timer;
  private @Nullable HttpClientRequest request;

  Attempt(Vertx vertx, Duration timeout) {
    this.vertx = vertx;
    long millis = Math.max(1, timeout.toMillis());
    this.timer = vertx.setTimer(millis, _ -> timedOut(millis));
  }

  /** Whether the request is still wanted now that there is a connection for it. */
  boolean sending(HttpClientRequest connected) {
    if (result.isDone()) {
      // unheard, Vert.x would log our own reset as an error
      connected.exceptionHandler(_ -> {});
      connected.reset();
      return false;
    }
    this.request = connected;
    return true;
  }

  @Override
  public CompletionStage<Answered> answered() {
    return result;
  }

  @Override
  public boolean transmitted() {
    return request != null;
  }

  void head(HttpAnswer answer) {
    vertx.cancelTimer(timer);
    if (!result.complete(answer)) {
      answer.cancel();
    }
  }

  void fail(UpstreamFailed failure) {
    vertx.cancelTimer(timer);
    result.completeExceptionally(failure);
  }

  @Override
  public void cancel() {
    HttpClientRequest sent = request;
    fail(UpstreamFailed.unwanted());
    if (sent != null) {
      sent.reset();
    }
  }

  private void timedOut(long millis) {
    HttpClientRequest sent = request;
    result.completeExceptionally(
        new UpstreamFailed(
            UpstreamFailed.Kind.TIMED_OUT, "did not answer within " + millis + " ms"));
    if (sent != null) {
      sent.reset();
    }
  }
}
