package dev.turnpike.protocol.mcp.bridge.tomodern;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.Refusals;
import dev.turnpike.upstream.Upstream;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A GET of a legacy session before a modern upstream. */
final class BridgedStream implements Dialogue {
  private final Call call;
  private final String upstreamName;
  private final SessionListening listening;
  private @Nullable Upstream met;

  BridgedStream(Call call, String upstreamName, SessionListening listening) {
    this.call = call;
    this.upstreamName = upstreamName;
    this.listening = listening;
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
    return listening.stream(upstream, visibility);
  }

  @Override
  public Answering answering(Visibility visibility, Reply reply) {
    throw new IllegalStateException("the stream is Turnpike's own");
  }

  @Override
  public void refuse(Refusal reason, Reply reply) {
    Refusals.answer(reason, Era.LEGACY, Optional.empty(), "", reply);
  }
}
