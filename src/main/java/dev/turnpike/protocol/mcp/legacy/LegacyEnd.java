package dev.turnpike.protocol.mcp.legacy;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.Refusals;
import dev.turnpike.session.Session;
import dev.turnpike.session.Sessions;
import dev.turnpike.upstream.Upstream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A DELETE: Turnpike's session ends at once, and the upstream is told. */
final class LegacyEnd implements Dialogue {
  private final Call call;
  private final String upstreamName;
  private final Session session;
  private final Sessions sessions;
  private @Nullable Upstream met;

  LegacyEnd(Call call, String upstreamName, Session session, Sessions sessions) {
    this.call = call;
    this.upstreamName = upstreamName;
    this.session = session;
    this.sessions = sessions;
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
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Course course(Visibility visibility) {
    return new Course.Home(reply -> {
      sessions.end(session);
      reply.answer(204);
      Upstream upstream = met;
      if (upstream != null) {
        Farewell.say(upstream, session);
      }
    });
  }

  @Override
  public Answering answering(Visibility visibility, Reply reply) {
    throw new IllegalStateException("the upstream's answer to a DELETE is nobody's");
  }

  @Override
  public void refuse(Refusal reason, Reply reply) {
    Refusals.answer(reason, Era.LEGACY, Optional.empty(), "", reply);
  }
}
