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
import dev.turnpike.protocol.mcp.McpErrors;
import dev.turnpike.protocol.mcp.Refusals;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.upstream.Upstream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code resources/subscribe} and {@code resources/unsubscribe} before a modern upstream. */
final class Subscribing implements Dialogue {
  private final Asked asked;
  private final Call call;
  private final String upstreamName;
  private final SessionListening listening;
  private final boolean wanted;
  private @Nullable Upstream met;

  Subscribing(
      Asked asked, Call call, String upstreamName, SessionListening listening, boolean wanted) {
    this.asked = asked;
    this.call = call;
    this.upstreamName = upstreamName;
    this.listening = listening;
    this.wanted = wanted;
  }

  @Override
  public Call call() {
    return call;
  }

  @Override
  public String upstream() {
    return upstreamName;
  }

  @Override
  public CompletionStage<?> meet(Upstream upstream) {
    met = upstream;
    return listening.meet(upstream);
  }

  @Override
  public Course course(Visibility visibility) {
    Upstream upstream = met;
    if (upstream == null) {
      throw new IllegalStateException("the upstream has not been met");
    }
    String uri = asked.text(Asked.URI).orElse("");
    CompletableFuture<Boolean> done;
    if (wanted) {
      done = listening.add(uri, upstream, visibility);
    } else {
      listening.remove(uri, upstream, visibility);
      done = CompletableFuture.completedFuture(true);
    }
    return new Course.Awaited(done.thenApply(taken -> reply -> answer(reply, taken)));
  }

  private void answer(Reply reply, boolean taken) {
    reply.answer(
        200,
        Words.JSON,
        taken
            ? asked.emptyResult()
            : ErrorsDown.error(
                asked.id().orElseThrow(),
                McpErrors.INTERNAL,
                "The server does not tell of changes to this resource"));
  }

  @Override
  public Answering answering(Visibility visibility, Reply reply) {
    throw new IllegalStateException("the answer does not come from the upstream");
  }

  @Override
  public void refuse(Refusal reason, Reply reply) {
    Refusals.answer(reason, Era.LEGACY, asked.id(), call.method(), reply);
  }
}
