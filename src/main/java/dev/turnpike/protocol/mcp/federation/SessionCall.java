package dev.turnpike.protocol.mcp.federation;

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
import dev.turnpike.protocol.mcp.Refusals;
import dev.turnpike.protocol.mcp.bridge.pool.LogLevel;
import dev.turnpike.protocol.mcp.bridge.pool.Pool;
import dev.turnpike.protocol.mcp.bridge.pool.PooledSession;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.Splice;
import dev.turnpike.session.Conversation;
import dev.turnpike.session.Session;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Upstream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A request of a legacy session at one of several legacy upstreams, in a session that this one has
 * there and no other.
 */
final class SessionCall implements Dialogue {
  private final Asked asked;
  private final Call call;
  private final String upstreamName;
  private final Session session;
  private final Conversation kept;
  private final Pool pool;
  private @Nullable Upstream met;
  private @Nullable PooledSession opened;
  private RpcId.Text sent = new RpcId.Text("", "\"\"");

  SessionCall(
      Asked asked, Call call, String upstreamName, Session session, Conversation kept, Pool pool) {
    this.asked = asked;
    this.call = call;
    this.upstreamName = upstreamName;
    this.session = session;
    this.kept = kept;
    this.pool = pool;
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
    return reopened(upstream).thenCompose(there -> levelled(upstream, there));
  }

  /** The session there; another where the one before was lost. */
  CompletableFuture<PooledSession> reopened(Upstream upstream) {
    return pool.session(upstream, session.caller(), kept.capabilities(), session.id())
        .thenApply(there -> {
          opened = there;
          return there;
        });
  }

  private CompletionStage<?> levelled(Upstream upstream, PooledSession there) {
    LogLevel wanted = level();
    if (!there.capabilities().containsKey("logging") || !there.lowers(wanted)) {
      return CompletableFuture.completedFuture(null);
    }
    Outgoing told = there.link().post(wanted.asked(there.nextId()), false);
    return upstream.send(told).answered().thenAccept(Answered::finish).exceptionally(_ -> null);
  }

  LogLevel level() {
    return LogLevel.named(kept.logLevel()).orElse(LogLevel.INFO);
  }

  @Override
  public Course course(Visibility visibility) {
    return new Course.Afar(outgoing(), false);
  }

  /** The request under an id of the session there, which is its progress token, too. */
  Outgoing outgoing() {
    PooledSession there = there();
    sent = there.nextId();
    Splice splice = Splice.of(asked.body());
    splice.replace(asked.scan().span(Asked.ID), sent.lexeme());
    if (asked.scan().has(Asked.PROGRESS_TOKEN)) {
      splice.replace(asked.scan().span(Asked.PROGRESS_TOKEN), sent.lexeme());
    }
    return there.link().post(splice.apply(), Calls.repeatable(call, met));
  }

  RpcId.Text sent() {
    return sent;
  }

  Asked asked() {
    return asked;
  }

  Conversation kept() {
    return kept;
  }

  Session session() {
    return session;
  }

  Pool pool() {
    return pool;
  }

  PooledSession there() {
    PooledSession there = opened;
    if (there == null) {
      throw new IllegalStateException("the upstream has not been met");
    }
    return there;
  }

  @Override
  public Answering answering(Visibility visibility, Reply reply) {
    Upstream upstream = met;
    if (upstream == null) {
      throw new IllegalStateException("the upstream has not been met");
    }
    return new SessionReturn(this, upstream, reply);
  }

  @Override
  public void refuse(Refusal reason, Reply reply) {
    Refusals.answer(reason, Era.LEGACY, asked.id(), call.method(), reply);
  }
}
