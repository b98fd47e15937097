package dev.turnpike.protocol.mcp.legacy;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Resumption;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.Lists;
import dev.turnpike.protocol.mcp.Method;
import dev.turnpike.protocol.mcp.Refusals;
import dev.turnpike.protocol.mcp.Statuses;
import dev.turnpike.protocol.mcp.Suspicion;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.rpc.Splice;
import dev.turnpike.session.Session;
import dev.turnpike.session.Sessions;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Outgoing;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A legacy answer: one JSON body, or a stream that can be come back to. */
final class LegacyAnswering implements Answering {
  private final RpcId id;
  private final Method method;
  private final String upstream;
  private final Session session;
  private final Sessions sessions;
  private final Supplier<CompletionStage<Boolean>> changed;
  private final Visibility visibility;
  private final CallerStream stream;
  private final Resume resume;
  private int status;
  private @Nullable CompletionStage<Optional<Outgoing>> sequel;

  /**
   * @param changed asks the upstream what it speaks now, and says whether that is another era
   */
  LegacyAnswering(
      RpcId id,
      Method method,
      String upstream,
      Session session,
      Sessions sessions,
      Supplier<CompletionStage<Boolean>> changed,
      Visibility visibility,
      Reply reply) {
    this.id = id;
    this.method = method;
    this.upstream = upstream;
    this.session = session;
    this.sessions = sessions;
    this.changed = changed;
    this.visibility = visibility;
    this.stream = new CallerStream(session, reply);
    this.resume = new Resume(ToUpstream.link(session));
  }

  @Override
  public void head(Answered head) throws Refused {
    status = head.status();
    if (status == 404 && session.upstreamSession().isPresent()) {
      // the upstream forgot the session, so ours is worth nothing any more
      sessions.end(session);
      lookAgain();
      throw new Refused(new Refusal.NoSuchSession());
    }
    Statuses.judge(status, upstream);
    if (status == 200 && head.events()) {
      stream.open();
    }
  }

  @Override
  public boolean message(Payload json, String eventId) throws Refused {
    Told told = Told.read(json, upstream);
    resume.seen(eventId);
    return switch (told.message()) {
      case RpcMessage.Request(RpcId question, _) -> {
        if (status == 200) {
          session.asked(question);
          stream.publish(json);
        }
        yield false;
      }
      case RpcMessage.Notification(var name) -> {
        if (status == 200 && Notices.shown(name, told, visibility)) {
          stream.publish(json);
        }
        yield false;
      }
      case RpcMessage.Result(RpcId of) -> of.equals(id) && last(filtered(told));
      case RpcMessage.Failure(var of, var code) -> {
        boolean ours = of.isEmpty() || of.get().equals(id);
        if (ours && Suspicion.ofModern(status, code.orElse(0L)) && !stream.isOpen()) {
          sequel = verified(Errors.numbered(told, id));
          yield true;
        }
        yield ours && last(Errors.numbered(told, id));
      }
    };
  }

  // where the upstream speaks the other era now, the caller opens a session anew, which leads there
  private CompletionStage<Optional<Outgoing>> verified(Payload otherwise) {
    return changed
        .get()
        .thenCompose(otherEra -> {
          if (otherEra) {
            sessions.end(session);
            return CompletableFuture.failedFuture(new Refused(new Refusal.NoSuchSession()));
          }
          last(otherwise);
          return CompletableFuture.completedFuture(Optional.empty());
        });
  }

  @Override
  public Optional<CompletionStage<Optional<Outgoing>>> sequel() {
    return Optional.ofNullable(sequel);
  }

  // the next request finds the session ended, where the upstream speaks another era now
  private void lookAgain() {
    CompletionStage<Void> looked =
        changed
            .get()
            .thenAccept(otherEra -> {
              if (otherEra) {
                sessions.end(session);
              }
            });
    looked.exceptionally(_ -> null);
  }

  private Payload filtered(Told told) throws Refused {
    if (method.list().isEmpty()) {
      return told.scan().payload();
    }
    Splice splice = Splice.of(told.scan().payload());
    Lists.filter(told, upstream, method.list().get(), visibility, _ -> true, splice);
    return splice.apply();
  }

  private boolean last(Payload answer) {
    stream.last(answer);
    return true;
  }

  @Override
  public void primed(String eventId, OptionalLong retryMillis) {
    resume.primed(eventId, retryMillis);
    retryMillis.ifPresent(stream::prime);
  }

  @Override
  public Optional<Resumption> resumption() {
    return stream.isOpen() ? resume.next() : Optional.empty();
  }

  @Override
  public boolean ended() throws Refused {
    String reason =
        status == 200 ? "ended its answer without a result" : "answered with status " + status;
    if (!stream.isOpen()) {
      if (Suspicion.ofStatus(status)) {
        lookAgain();
      }
      throw unavailable(reason);
    }
    cut(new Refusal.UpstreamUnavailable(upstream, reason));
    return false;
  }

  @Override
  public void cut(Refusal reason) {
    if (stream.isOpen()) {
      stream.last(Refusals.message(reason, Era.LEGACY, id));
    }
  }

  @Override
  public boolean full() {
    return stream.full();
  }

  @Override
  public void onDrain(Runnable action) {
    stream.onDrain(action);
  }

  /**
   * A lost connection is no cancellation in these revisions: the caller may come back for the rest.
   */
  @Override
  public boolean outlivesCaller() {
    return true;
  }

  @Override
  public void whenUnwanted(Runnable unwanted) {
    stream.whenUnwanted(unwanted);
  }

  private Refused unavailable(String reason) {
    return new Refused(new Refusal.UpstreamUnavailable(upstream, reason));
  }
}
