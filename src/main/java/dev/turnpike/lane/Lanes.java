package dev.turnpike.lane;

import dev.turnpike.catalog.Endpoints;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.ExchangeListener.Watch;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Reply;
import dev.turnpike.protocol.Protocols;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Chooses the lane of a request. */
@FunctionalInterface
public interface Lanes {
  /** Where there are no alphas. */
  Lanes STABLE_ONLY = (_, _, _, _, _, _) -> Optional.empty();

  /**
   * Serves the request in the lane of the alpha that it is meant for, where that is on for the
   * caller; empty: it is for the stable lane.
   *
   * @param protocols say no in their words, where the lane has none
   * @return completes with what came of it, of which the watch has been told, on the thread that
   *     calls; fails with {@link dev.turnpike.exchange.Refused} where nothing was said, and no
   *     protocol has words
   */
  Optional<CompletionStage<List<Outcome>>> aside(
      Inbound inbound,
      Caller caller,
      Protocols protocols,
      Endpoints endpoints,
      Reply reply,
      Watch watch);
}
