package dev.turnpike.protocol.mcp.legacy;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Calls;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.Method;
import dev.turnpike.protocol.mcp.Nature;
import dev.turnpike.protocol.mcp.Natures;
import dev.turnpike.protocol.mcp.Refusals;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.session.Session;
import dev.turnpike.session.Sessions;
import dev.turnpike.upstream.Upstream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A request within a session. */
final class LegacyRequest implements Dialogue {
  private final Asked asked;
  private final Method method;
  private final Call call;
  private final String upstreamName;
  private final Session session;
  private final Sessions sessions;
  private final Natures natures;
  private @Nullable Upstream met;

  LegacyRequest(
      Asked asked,
      Method method,
      Call call,
      String upstreamName,
      Session session,
      Sessions sessions,
      Natures natures) {
    this.asked = asked;
    this.method = method;
    this.call = call;
    this.upstreamName = upstreamName;
    this.session = session;
    this.sessions = sessions;
    this.natures = natures;
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
    return ToUpstream.same(upstream, session, sessions);
  }

  @Override
  public Course course(Visibility visibility) {
    if (method.name().equals("ping")) {
      return new Course.Home(reply -> reply.answer(200, Words.JSON, asked.emptyResult()));
    }
    return new Course.Afar(
        ToUpstream.link(session).post(asked.body(), Calls.repeatable(call, met)), false);
  }

  @Override
  public Answering answering(Visibility visibility, Reply reply) {
    Upstream upstream = met;
    return new LegacyAnswering(
        asked.id().orElseThrow(),
        method,
        upstreamName,
        session,
        sessions,
        () -> {
          if (upstream == null) {
            return CompletableFuture.completedFuture(false);
          }
          natures.doubt(upstream);
          return natures
              .forLegacy(upstream)
              .handle((nature, _) -> nature != null && nature != Nature.LEGACY);
        },
        visibility,
        reply);
  }

  @Override
  public void refuse(Refusal reason, Reply reply) {
    Refusals.answer(reason, Era.LEGACY, asked.id(), method.name(), reply);
  }
}
