package dev.turnpike.protocol.mcp.legacy;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Resumption;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.Lists;
import dev.turnpike.protocol.mcp.McpErrors;
import dev.turnpike.protocol.mcp.Method;
import dev.turnpike.protocol.mcp.Refusals;
import dev.turnpike.protocol.mcp.Statuses;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.rpc.Splice;
import dev.turnpike.session.Session;
import dev.turnpike.session.Sessions;
import dev.turnpike.upstream.Answered;
import java.util.Optional;
import java.util.OptionalLong;

/** A legacy answer: one JSON body, or a stream that can be come back to. */
final class LegacyAnswering implements Answering {
  private final RpcId id;
  private final Method method;
  private final String upstream;
  private final Session session;
  private final Sessions sessions;
  private final Runnable changed;
  private final Visibility visibility;
  private final CallerStream stream;
  private final Resume resume;
  private int status;

  /**
   * @param changed told where the upstream turns out to speak another era
   */
  LegacyAnswering(
      RpcId id,
      Method method,
      String upstream,
      Session session,
      Sessions sessions,
      Runnable changed,
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
        boolean otherEra = code.filter(c -> c == McpErrors.UNSUPPORTED_VERSION).isPresent();
        if (ours && otherEra && !stream.isOpen()) {
          // the caller opens a session anew, of the kind that the upstream takes now
          changed.run();
          sessions.end(session);
          throw new Refused(new Refusal.NoSuchSession());
        }
        yield ours && last(Errors.numbered(told, id));
      }
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
