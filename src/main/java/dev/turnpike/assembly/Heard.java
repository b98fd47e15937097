package dev.turnpike.assembly;

import dev.turnpike.PlainRefusals;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Reply;
import dev.turnpike.protocol.mcp.httpsse.Posts;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The road, as long as what goes over it can be written down where it has to be: what nobody would
 * know of does not happen.
 */
record Heard(Posts.Onward road, Hearing hearing) implements Posts.Onward {
  private static final Refusal UNHEARD =
      new Refusal.Overloaded("The audit trail cannot be written, and nothing may go without it");

  @Override
  public CompletionStage<List<Outcome>> serve(Inbound inbound, Reply reply) {
    if (!hearing.unheard().getAsBoolean()) {
      return road.serve(inbound, reply);
    }
    ExchangeListener.Watch watch = hearing.exchanges().begun(inbound);
    PlainRefusals.answer(UNHEARD, reply);
    Outcome outcome = new Outcome.TurnedAway(UNHEARD);
    watch.ended(outcome);
    return CompletableFuture.completedFuture(List.of(outcome));
  }
}
