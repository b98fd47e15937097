package dev.turnpike.protocol.mcp.bridge.tomodern;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.Refusals;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.upstream.Upstream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A request that has no counterpart in the modern era and needs none: Turnpike itself answers with
 * an empty result.
 *
 * @param effect what it does to the session
 */
record Local(Asked asked, Call call, String upstream, Runnable effect) implements Dialogue {
  @Override
  public CompletionStage<?> meet(Upstream met) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Course course(Visibility visibility) {
    return new Course.Home(reply -> {
      effect.run();
      reply.answer(200, Words.JSON, asked.emptyResult());
    });
  }

  @Override
  public Answering answering(Visibility visibility, Reply reply) {
    throw new IllegalStateException("no upstream is asked");
  }

  @Override
  public void refuse(Refusal reason, Reply reply) {
    Refusals.answer(reason, Era.LEGACY, asked.id(), call.method(), reply);
  }
}
