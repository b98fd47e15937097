package dev.turnpike.protocol.mcp.bridge.tomodern;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Verb;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Calls;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.Method;
import dev.turnpike.protocol.mcp.Refusals;
import dev.turnpike.protocol.mcp.modern.ToUpstream;
import dev.turnpike.rpc.Payload;
import dev.turnpike.session.Conversation;
import dev.turnpike.session.Session;
import dev.turnpike.upstream.Field;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Upstream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A request of a legacy session, to an upstream of 2026-07-28. */
final class BridgedRequest implements Dialogue {
  private final Asked asked;
  private final Method method;
  private final Call call;
  private final String upstreamName;
  private final Session session;
  private final ModernSide side;
  private final Stamp stamp;
  private @Nullable Upstream met;

  BridgedRequest(
      Asked asked,
      Method method,
      Call call,
      String upstreamName,
      Session session,
      Conversation conversation,
      ModernSide side)
      throws Refused {
    this.asked = asked;
    this.method = method;
    this.call = call;
    this.upstreamName = upstreamName;
    this.session = session;
    this.side = side;
    this.stamp = new Stamp(asked, conversation, side.capabilities(conversation));
    stamp.check();
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
    return side.meet(upstream, session)
        .thenCompose(_ ->
            call.verb() == Verb.INVOKE
                ? side.tools().listed(upstream)
                : CompletableFuture.completedFuture(null));
  }

  @Override
  public Course course(Visibility visibility) {
    return new Course.Afar(outgoing(stamp.first()), false);
  }

  private Outgoing outgoing(Payload body) {
    return new Outgoing("POST", fields(), body, Calls.repeatable(call, met));
  }

  private Upstream known() {
    Upstream upstream = met;
    if (upstream == null) {
      throw new IllegalStateException("the upstream has not been met");
    }
    return upstream;
  }

  private List<Field> fields() {
    return ToUpstream.fields(
        asked,
        method,
        call.arguments(),
        call.verb() == Verb.INVOKE
            ? side.tools().mirrored(known(), asked.text(Asked.NAME).orElse(""))
            : List.of());
  }

  @Override
  public Answering answering(Visibility visibility, Reply reply) {
    return new BridgedAnswering(
        asked.id().orElseThrow(),
        method,
        asked.text(Asked.NAME).orElse(""),
        session,
        known(),
        side,
        visibility,
        reply,
        () -> outgoing(stamp.first()),
        again -> outgoing(stamp.again(again)));
  }

  @Override
  public void refuse(Refusal reason, Reply reply) {
    Refusals.answer(reason, Era.LEGACY, asked.id(), method.name(), reply);
  }
}
