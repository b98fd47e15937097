package dev.turnpike.upstream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A request under way. All on one event loop. */
public final class Sending {
  private final CompletableFuture<Answered> answered = new CompletableFuture<>();
  private @Nullable Attempt attempt;
  private boolean cancelled;

  Sending() {}

  /**
   * Completes with the head of the answer, or fails with {@link UpstreamFailed}; on the event loop
   * of the request.
   */
  public CompletionStage<Answered> answered() {
    return answered;
  }

  /** Nobody waits for it any more: it is not sent, or its stream is closed. The stage fails. */
  public void cancel() {
    cancelled = true;
    Attempt under = attempt;
    if (under != null) {
      under.cancel();
    }
  }

  void begin(Attempt begun) {
    attempt = begun;
    if (cancelled) {
      begun.cancel();
    }
  }

  void end(@Nullable Answered head, @Nullable UpstreamFailed failure) {
    attempt = null;
    if (head == null) {
      answered.completeExceptionally(
          failure == null
              ? new UpstreamFailed(UpstreamFailed.Kind.BROKEN_OFF, "did not answer")
              : failure);
    } else if (cancelled) {
      head.cancel();
      answered.completeExceptionally(Attempt.cancelled());
    } else {
      answered.complete(head);
    }
  }
}
