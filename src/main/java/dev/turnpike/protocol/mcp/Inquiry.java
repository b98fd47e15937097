package dev.turnpike.protocol.mcp;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Headers;
import dev.turnpike.exchange.Refused;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Receiver;
import dev.turnpike.upstream.Sending;
import dev.turnpike.upstream.Upstream;
import dev.turnpike.upstream.UpstreamFailed;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A question that Turnpike asks an upstream for itself, on nobody's behalf. */
public final class Inquiry {
  /** What came back: the head, and the first message that is an answer, if there was one. */
  public record Reply(int status, Headers headers, Optional<Payload> body) {}

  private Inquiry() {}

  /** Sends the request, and gives the first answer to it. */
  public static CompletableFuture<Reply> send(Upstream upstream, Outgoing outgoing) {
    return first(upstream, upstream.send(outgoing));
  }

  /** The same, on behalf of that caller. */
  public static CompletableFuture<Reply> send(Upstream upstream, Outgoing outgoing, Caller caller) {
    return first(upstream, upstream.send(outgoing, caller));
  }

  private static CompletableFuture<Reply> first(Upstream upstream, Sending sending) {
    return sending
        .answered()
        .toCompletableFuture()
        .thenCompose(answered -> first(upstream, answered));
  }

  private static CompletableFuture<Reply> first(Upstream upstream, Answered answered) {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    answered.read(
        new Receiver() {
          @Override
          public void message(Payload json, String eventId) {
            if (!isAnswer(json)) {
              return;
            }
            reply.complete(new Reply(answered.status(), answered.headers(), Optional.of(json)));
            answered.finish();
          }

          @Override
          public void primed(String eventId, OptionalLong retryMillis) {}

          @Override
          public void ended() {
            reply.complete(new Reply(answered.status(), answered.headers(), Optional.empty()));
          }

          @Override
          public void failed(UpstreamFailed failure) {
            reply.completeExceptionally(failure);
          }
        });
    if (answered.events() && !reply.isDone()) {
      // a stream that always says something is never silent, and need never answer
      Duration allowed = upstream.spec().timeout();
      upstream.later(allowed, () -> giveUp(reply, answered, allowed));
    }
    return reply;
  }

  private static void giveUp(CompletableFuture<Reply> reply, Answered answered, Duration allowed) {
    if (reply.completeExceptionally(
        new UpstreamFailed(
            UpstreamFailed.Kind.TIMED_OUT,
            "did not answer within " + allowed.toMillis() + " ms"))) {
      answered.cancel();
    }
  }

  // a log line or progress may come before it; what cannot be read is for whoever asked to judge
  private static boolean isAnswer(Payload json) {
    try {
      return switch (Told.read(json, "").message()) {
        case RpcMessage.Notification _, RpcMessage.Request _ -> false;
        case RpcMessage.Result _, RpcMessage.Failure _ -> true;
      };
    } catch (Refused _) {
      return true;
    }
  }
}
