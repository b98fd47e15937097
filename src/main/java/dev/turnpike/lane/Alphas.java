package dev.turnpike.lane;

import dev.turnpike.catalog.Endpoints;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.ExchangeListener.Watch;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.protocol.Protocol;
import dev.turnpike.protocol.Protocols;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The lanes that there are, one for each alpha. */
public record Alphas(List<AlphaLane> lanes) implements Lanes {
  public Alphas {
    lanes = List.copyOf(lanes);
  }

  @Override
  public Optional<CompletionStage<List<Outcome>>> aside(
      Inbound inbound,
      Caller caller,
      Protocols protocols,
      Endpoints endpoints,
      Reply reply,
      Watch watch) {
    for (AlphaLane lane : lanes) {
      if (lane.takes(inbound, caller, endpoints)) {
        return Optional.of(
            lane.carry(inbound, caller, endpoints, reply, watch)
                .exceptionallyCompose(no ->
                    refused((Refused) no, inbound, caller, protocols, endpoints, reply, watch)));
      }
    }
    return Optional.empty();
  }

  /** Says no in the words of the protocol that the path is of; fails where it is of none. */
  public static CompletionStage<List<Outcome>> refused(
      Refused no,
      Inbound inbound,
      Caller caller,
      Protocols protocols,
      Endpoints endpoints,
      Reply reply,
      Watch watch) {
    Protocol protocol;
    try {
      protocol = protocols.claim(inbound, caller, endpoints);
    } catch (Refused unclaimed) {
      // nobody has words for it but HTTP
      return CompletableFuture.failedFuture(
          no.reason() instanceof Refusal.NoSuchMethod ? unclaimed : no);
    }
    protocol.refuse(no.reason(), inbound, reply);
    Outcome turned = Outcome.TurnedAway.by(no);
    watch.ended(turned);
    return CompletableFuture.completedFuture(List.of(turned));
  }
}
