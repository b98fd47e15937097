package dev.turnpike.assembly;

import dev.turnpike.PlainRefusals;
import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.exchange.ExchangeListener.Watch;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.lane.AlphaLane;
import dev.turnpike.lane.Alphas;
import dev.turnpike.protocol.mcp.httpsse.Posts;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The entrance of a process that is the experimental lane of others: whoever comes without their
 * seal finds nothing here.
 */
record LaneDoor(LanePass pass, Trials trials, Supplier<Gateway> gateway, ExchangeListener listener)
    implements Posts.Onward {
  @Override
  public CompletionStage<List<Outcome>> serve(Inbound inbound, Reply reply) {
    Watch watch = listener.begun(inbound);
    Optional<LanePass.Passed> passed = pass.open(inbound);
    Optional<AlphaLane> lane =
        passed.flatMap(one ->
            trials.lanes().stream().filter(open -> open.flag().equals(one.flag())).findFirst());
    if (lane.isEmpty()) {
      return nothing(new Refused(new Refusal.NoSuchEndpoint()), reply, watch);
    }
    var caller = passed.orElseThrow().caller();
    watch.identified(caller);
    Gateway here = gateway.get();
    var endpoints = here.inForce().endpoints();
    CompletionStage<List<Outcome>> carried =
        lane.get().isTripped()
            ? CompletableFuture.failedFuture(lane.get().unknown(inbound))
            : lane.get().carry(inbound, caller, endpoints, reply, watch);
    return carried
        .exceptionallyCompose(failure -> {
          Refused no = refused(failure);
          if (no.reason() instanceof Refusal.NoSuchMethod) {
            reply.header(LanePass.FIELD, LanePass.FAILED);
          }
          return Alphas.refused(no, inbound, caller, here.words(), endpoints, reply, watch);
        })
        .exceptionallyCompose(failure -> nothing(refused(failure), reply, watch));
  }

  private static Refused refused(Throwable failure) {
    Throwable reason =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return reason instanceof Refused no ? no : new Refused(new Refusal.NoSuchEndpoint());
  }

  private static CompletionStage<List<Outcome>> nothing(Refused no, Reply reply, Watch watch) {
    PlainRefusals.answer(no.reason(), reply);
    Outcome outcome = Outcome.TurnedAway.by(no);
    watch.ended(outcome);
    return CompletableFuture.completedFuture(List.of(outcome));
  }
}
