package dev.turnpike.protocol.mcp.modern;

import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Field;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Receiver;
import dev.turnpike.upstream.Upstream;
import dev.turnpike.upstream.UpstreamFailed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A question that Turnpike asks an upstream for itself, on nobody's behalf. */
final class Inquiry {
  /** What came back: the status, and the first message if there was one. */
  record Reply(int status, Optional<Payload> body) {}

  private Inquiry() {}

  /**
   * Sends a modern request of Turnpike's own.
   *
   * @param params members besides {@code _meta}, each ending in a comma; may be empty
   */
  static CompletableFuture<Reply> send(Upstream upstream, String method, String params) {
    String body =
        """
        {"jsonrpc":"2.0","id":"turnpike","method":%s,"params":{%s"_meta":{"%s":"%s","%s":{},\
        "%s":{"name":"turnpike","version":"0"}}}}\
        """
            .formatted(
                JsonText.quote(method),
                params,
                Words.META_VERSION,
                Revisions.MODERN,
                Words.META_CAPABILITIES,
                Words.META_CLIENT);
    Outgoing outgoing =
        new Outgoing(
            "POST",
            List.of(
                new Field("content-type", Words.JSON),
                new Field("accept", Words.JSON_OR_EVENTS),
                new Field(Words.HEADER_VERSION, Revisions.MODERN),
                new Field(Words.HEADER_METHOD, method)),
            Payload.of(body),
            true);
    return upstream
        .send(outgoing)
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
            reply.complete(new Reply(answered.status(), Optional.of(json)));
            answered.finish();
          }

          @Override
          public void primed(String eventId, OptionalLong retryMillis) {}

          @Override
          public void ended() {
            reply.complete(new Reply(answered.status(), Optional.empty()));
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
