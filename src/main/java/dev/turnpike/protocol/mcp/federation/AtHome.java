package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.Refusals;
import dev.turnpike.upstream.Upstream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A request that is answered here, from what all upstreams of an endpoint have said. */
abstract class AtHome implements Dialogue {
  private final Asked asked;
  private final Call call;
  private final Era era;
  private final String first;

  /**
   * @param first the endpoint's first upstream, which stands for all of them
   */
  AtHome(Asked asked, Call call, Era era, String first) {
    this.asked = asked;
    this.call = call;
    this.era = era;
    this.first = first;
  }

  Asked asked() {
    return asked;
  }

  Era era() {
    return era;
  }

  @Override
  public final Call call() {
    return call;
  }

  @Override
  public final String upstream() {
    return first;
  }

  @Override
  public CompletionStage<?> meet(Upstream upstream) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public final Answering answering(Visibility visibility, Reply reply) {
    throw new IllegalStateException("the answer does not come from an upstream");
  }

  @Override
  public final void refuse(Refusal reason, Reply reply) {
    Refusals.answer(reason, era, asked.id(), call.method(), reply);
  }
}
