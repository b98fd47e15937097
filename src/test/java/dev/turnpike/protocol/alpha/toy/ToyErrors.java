package dev.turnpike.protocol.alpha.toy;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Reply;
import dev.turnpike.rpc.Payload;

/** The toy's words for a refusal: a status, and its name. */
final class ToyErrors {
  private ToyErrors() {}

  static void answer(Refusal refusal, Reply reply) {
    String words = "toy says no: " + refusal.getClass().getSimpleName();
    reply.answer(status(refusal), "text/plain", Payload.of(words));
  }

  private static int status(Refusal refusal) {
    return switch (refusal) {
      case Refusal.Malformed _ -> 400;
      case Refusal.Unauthenticated _ -> 401;
      case Refusal.ForeignOrigin _, Refusal.ScopeMissing _, Refusal.ArgumentsRefused _ -> 403;
      case Refusal.NoSuchEndpoint _,
          Refusal.NoSuchTarget _,
          Refusal.NoSuchSession _,
          Refusal.NoSuchMethod _ ->
          404;
      case Refusal.MethodNotAllowed _ -> 405;
      case Refusal.TooLarge _ -> 413;
      case Refusal.OverBudget _, Refusal.TooBusy _ -> 429;
      case Refusal.Overloaded _, Refusal.CountersLost _ -> 503;
      case Refusal.UpstreamUnavailable _ -> 502;
      case Refusal.UpstreamShed _ -> 503;
      case Refusal.UpstreamTimedOut _ -> 504;
      case Refusal.ProtocolRule(var status, _, _, _) -> status;
    };
  }
}
