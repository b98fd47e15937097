package dev.turnpike.protocol.a2a.agent;

import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Receiver;
import dev.turnpike.upstream.UpstreamFailed;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reads one answer to its first message, or to an end without one. */
final class CardAnswer implements Receiver {
  /**
   * What came.
   *
   * @param etag empty where the agent names none
   */
  record Read(int status, String etag, Optional<Payload> body) {}

  private final Answered answered;
  private final CompletableFuture<Read> read = new CompletableFuture<>();

  private CardAnswer(Answered answered) {
    this.answered = answered;
  }

  static CompletionStage<Read> of(Answered answered) {
    CardAnswer reading = new CardAnswer(answered);
    if (answered.events()) {
      answered.cancel();
      return CompletableFuture.failedFuture(unreadable("answered with a stream for its card"));
    }
    answered.read(reading);
    return reading.read;
  }

  private static UpstreamFailed unreadable(String reason) {
    return new UpstreamFailed(UpstreamFailed.Kind.UNREADABLE, reason);
  }

  private void come(Optional<Payload> body) {
    String etag = answered.headers().first("etag").orElse("");
    read.complete(new Read(answered.status(), etag, body));
  }

  @Override
  public void message(Payload json, String eventId) {
    come(Optional.of(json));
    answered.finish();
  }

  @Override
  public void primed(String eventId, OptionalLong retryMillis) {}

  @Override
  public void ended() {
    come(Optional.empty());
  }

  @Override
  public void failed(UpstreamFailed failure) {
    read.completeExceptionally(failure);
  }
}
