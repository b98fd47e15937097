package dev.turnpike.route;

import dev.turnpike.exchange.Caller;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.upstream.Upstreams;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds where a call goes. */
public final class Router {
  /**
   * Completes at once where the upstream is known; fails with Refused where the call does not fit
   * it.
   */
  public CompletableFuture<Routed> route(Caller caller, Dialogue dialogue, Upstreams upstreams) {
    CompletionStage<?> met = dialogue.meet(upstreams.named(dialogue.upstream()));
    return met.thenApply(
            _ -> new Routed(caller, dialogue.call(), dialogue.upstream(), dialogue.continues()))
        .toCompletableFuture();
  }
}
