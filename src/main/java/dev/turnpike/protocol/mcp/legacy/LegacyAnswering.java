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
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.rpc.Splice;
import dev.turnpike.session.EventLog;
import dev.turnpike.session.Session;
import dev.turnpike.session.Sessions;
import dev.turnpike.upstream.Answered;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A legacy answer: one JSON body, or a stream that can be come back to. */
final class LegacyAnswering implements Answering {
  private final RpcId id;
  private final Method method;
  private final String upstream;
  private final Session session;
  private final Sessions sessions;
  private final Visibility visibility;
  private final Reply reply;
  private final Resume resume;
  private int status;
  private @Nullable EventLog log;
  private @Nullable Runnable stop;

  LegacyAnswering(
      RpcId id,
      Method method,
      String upstream,
      Session session,
      Sessions sessions,
      Visibility visibility,
      Reply reply) {
    this.id = id;
    this.method = method;
    this.upstream = upstream;
    this.session = session;
    this.sessions = sessions;
    this.visibility = visibility;
    this.reply = reply;
    this.resume = new Resume(session);
  }

  @Override
  public void head(Answered head) throws Refused {
    status = head.status();
    if (status == 404 && session.upstreamSession().isPresent()) {
      // the upstream forgot the session, so ours is worth nothing any more
      sessions.end(session);
      throw new Refused(new Refusal.NoSuchSession());
    }
    if (status == 401 || status == 403 || status == 429 || status >= 500 || status / 100 == 3) {
      throw unavailable("answered with status " + status);
    }
    if (status == 200 && head.events()) {
      stream();
    }
  }

  private EventLog stream() {
    EventLog open = log;
    if (open == null) {
      open = session.open();
      open.attach(reply.stream());
      log = open;
      stopWhenAbandoned();
    }
    return open;
  }

  private void stopWhenAbandoned() {
    EventLog open = log;
    Runnable known = stop;
    if (open != null && known != null) {
      open.whenAbandoned(known);
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
          stream().publish(json);
        }
        yield false;
      }
      case RpcMessage.Notification(var name) -> {
        if (status == 200 && Notices.shown(name, told, visibility)) {
          stream().publish(json);
        }
        yield false;
      }
      case RpcMessage.Result(RpcId of) -> of.equals(id) && last(filtered(told));
      case RpcMessage.Failure(var of, _) ->
          (of.isEmpty() || of.get().equals(id)) && last(Errors.numbered(told, id));
    };
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
    EventLog open = log;
    if (open == null) {
      reply.answer(200, Words.JSON, answer);
    } else {
      open.publish(answer);
      open.end();
    }
    return true;
  }

  @Override
  public void primed(String eventId, OptionalLong retryMillis) {
    resume.primed(eventId, retryMillis);
    EventLog open = log;
    if (open != null && retryMillis.isPresent()) {
      open.prime(retryMillis.getAsLong());
    }
  }

  @Override
  public Optional<Resumption> resumption() {
    return log == null ? Optional.empty() : resume.next();
  }

  @Override
  public boolean ended() throws Refused {
    String reason =
        status == 200 ? "ended its answer without a result" : "answered with status " + status;
    if (log == null) {
      throw unavailable(reason);
    }
    cut(new Refusal.UpstreamUnavailable(upstream, reason));
    return false;
  }

  @Override
  public void cut(Refusal reason) {
    EventLog open = log;
    if (open != null) {
      open.publish(Refusals.message(reason, Era.LEGACY, id));
      open.end();
    }
  }

  @Override
  public boolean full() {
    return log != null && log.full();
  }

  @Override
  public void onDrain(Runnable action) {
    if (log == null) {
      action.run();
    } else {
      log.onDrain(action);
    }
  }

  /**
   * A lost connection is no cancellation in these revisions: the caller may come back for the rest.
   */
  @Override
  public boolean outlivesCaller() {
    return true;
  }

  /** Once nobody comes back, or the session has ended, nobody can have the rest. */
  @Override
  public void whenUnwanted(Runnable unwanted) {
    stop = unwanted;
    stopWhenAbandoned();
  }

  private Refused unavailable(String reason) {
    return new Refused(new Refusal.UpstreamUnavailable(upstream, reason));
  }
}
