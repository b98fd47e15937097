package dev.turnpike.upstream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A request under way. All on one event loop. */
public final class Sending {
  private final CompletableFuture<Answered> answered = new CompletableFuture<>();
  private Transport.@Nullable Try attempt;
  private boolean cancelled;
  private boolean transmitted;

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
    Transport.Try under = attempt;
    if (under != null) {
      under.cancel();
    }
  }

  // a second try that found nobody does not undo the first one, which may have been taken
  private UpstreamFailed honest(UpstreamFailed failure) {
    return transmitted && failure.kind() == UpstreamFailed.Kind.UNREACHABLE
        ? new UpstreamFailed(UpstreamFailed.Kind.BROKEN_OFF, failure.reason())
        : failure;
  }

  private void note() {
    Transport.Try last = attempt;
    transmitted |= last != null && last.transmitted();
  }

  /** Whether nobody waits for it any more. */
  boolean unwanted() {
    return cancelled;
  }

  void begin(Transport.Try begun) {
    note();
    attempt = begun;
  }

  void end(@Nullable Answered head, @Nullable UpstreamFailed failure) {
    note();
    attempt = null;
    if (head == null) {
      answered.completeExceptionally(
          failure == null
              ? new UpstreamFailed(UpstreamFailed.Kind.BROKEN_OFF, "did not answer")
              : honest(failure));
    } else if (cancelled) {
      head.cancel();
      answered.completeExceptionally(UpstreamFailed.unwanted());
    } else {
      answered.complete(head);
    }
  }
}
