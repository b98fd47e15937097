package dev.turnpike.route;

import dev.turnpike.exchange.Caller;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.upstream.Upstreams;
import java.util.concurrent.CompletableFuture;

/** Finds where a call goes. */
public final class Router {
  /**
   * Completes at once where the upstream is known; fails with Refused where the call does not fit
   * it.
   */
  public CompletableFuture<Routed> route(Caller caller, Dialogue dialogue, Upstreams upstreams) {
    return dialogue
        .find(upstreams)
        .thenApply(found ->
            new Routed(
                caller, dialogue.call(), found.name(), dialogue.alias(), dialogue.continues()))
        .toCompletableFuture();
  }
}
