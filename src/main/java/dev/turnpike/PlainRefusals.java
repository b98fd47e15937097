package dev.turnpike;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Reply;
import dev.turnpike.rpc.Payload;

/** How a request is refused that no protocol has taken yet: in plain HTTP. */
public final class PlainRefusals {
  private PlainRefusals() {}

  public static void answer(Refusal reason, Reply reply) {
    switch (reason) {
      case Refusal.Unauthenticated(var challenge) -> {
        reply.header("WWW-Authenticate", challenge.header());
        say(
            reply,
            401,
            challenge.error().isPresent()
                ? "The token is not good here: it is no valid access token, or it has expired, or it is"
                    + " for somebody else."
                : "This endpoint needs an identity.");
      }
      case Refusal.ForeignOrigin(var header) ->
          say(reply, 403, "This " + header + " is not served here.");
      case Refusal.NoSuchEndpoint _ -> say(reply, 404, "Nothing is served at this path.");
      case Refusal.TooLarge(var limit) ->
          say(reply, 413, "The body is larger than " + limit + " bytes.");
      case Refusal.Overloaded(var detail) -> {
        reply.header("Retry-After", "1");
        say(reply, 503, detail);
      }
      case Refusal.CountersLost(_, var retryAfter) -> {
        reply.header("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
        reply.answer(503);
      }
      case Refusal.TooBusy(var detail, var retryAfter) -> {
        reply.header("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
        say(reply, 429, detail);
      }
      case Refusal.Malformed(var detail) -> say(reply, 400, detail);
      case Refusal.MethodNotAllowed(var allowed) -> {
        reply.header("Allow", String.join(", ", allowed));
        reply.answer(405);
      }
      case Refusal.ScopeMissing(var challenge) -> {
        reply.header("WWW-Authenticate", challenge.header());
        reply.answer(403);
      }
      case Refusal.ArgumentsRefused _, Refusal.NoSuchTarget _, Refusal.NoSuchMethod _ ->
          reply.answer(404);
      case Refusal.NoSuchSession _ -> reply.answer(404);
      case Refusal.OverBudget _ -> reply.answer(429);
      case Refusal.UpstreamUnavailable _ -> reply.answer(502);
      case Refusal.UpstreamTimedOut _ -> reply.answer(504);
      case Refusal.UpstreamShed _ -> reply.answer(503);
      case Refusal.ProtocolRule(var status, _, var message, _) -> say(reply, status, message);
    }
  }

  private static void say(Reply reply, int status, String sentence) {
    reply.answer(status, "text/plain; charset=utf-8", Payload.of(sentence + "\n"));
  }
}
