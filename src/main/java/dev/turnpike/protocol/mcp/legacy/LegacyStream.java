package dev.turnpike.protocol.mcp.legacy;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.Resumption;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.Refusals;
import dev.turnpike.protocol.mcp.Relisted;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.session.EventLog;
import dev.turnpike.session.Session;
import dev.turnpike.session.Sessions;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A GET: the stream of what belongs to no request. A session has one; a second GET takes it over.
 */
record LegacyStream(Call call, String upstream, Session session, Sessions sessions)
    implements Dialogue {
  @Override
  public CompletionStage<?> meet(Upstream met) {
    return ToUpstream.same(met, session, sessions);
  }

  @Override
  public Course course(Visibility visibility) {
    return session
        .standing()
        .<Course>map(log -> new Course.Home(reply -> log.attach(reply.stream())))
        .orElseGet(() -> new Course.Afar(ToUpstream.link(session).listen(), true));
  }

  @Override
  public Answering answering(Visibility visibility, Reply reply) {
    return new Standing(upstream, session, sessions, visibility, reply);
  }

  @Override
  public void refuse(Refusal reason, Reply reply) {
    Refusals.answer(reason, Era.LEGACY, Optional.empty(), "", reply);
  }

  /** The upstream's own GET stream, as long as anybody may come back for it. */
  private static final class Standing implements Answering {
    private final String upstream;
    private final Session session;
    private final Sessions sessions;
    private final Visibility visibility;
    private final Reply reply;
    private final Resume resume;
    private @Nullable EventLog log;

    Standing(
        String upstream, Session session, Sessions sessions, Visibility visibility, Reply reply) {
      this.upstream = upstream;
      this.session = session;
      this.sessions = sessions;
      this.visibility = visibility;
      this.reply = reply;
      this.resume = new Resume(ToUpstream.link(session));
    }

    @Override
    public void head(Answered head) throws Refused {
      switch (head.status()) {
        case 200 -> {
          if (!head.events()) {
            throw unavailable("answered a GET with something that is no event stream");
          }
          EventLog open = session.open();
          open.attach(reply.stream());
          session.standing(open);
          log = open;
        }
        case 405 -> throw new Refused(new Refusal.MethodNotAllowed(List.of("POST", "DELETE")));
        case 404 -> {
          if (session.upstreamSession().isPresent()) {
            sessions.end(session);
            throw new Refused(new Refusal.NoSuchSession());
          }
          throw new Refused(new Refusal.MethodNotAllowed(List.of("POST", "DELETE")));
        }
        default -> throw unavailable("answered with status " + head.status());
      }
    }

    @Override
    public boolean message(Payload json, String eventId) throws Refused {
      EventLog open = log;
      if (open == null) {
        return false;
      }
      Told told = Told.read(json, upstream);
      resume.seen(eventId);
      switch (told.message()) {
        case RpcMessage.Request(var question, _) -> {
          session.asked(question);
          open.publish(json);
        }
        case RpcMessage.Notification(var name) -> {
          if (Notices.shown(name, told, visibility)) {
            open.publish(json);
          }
        }
        // answers belong on the streams of their requests
        case RpcMessage.Result _, RpcMessage.Failure _ -> {}
      }
      return session.ended();
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
      return log == null || session.ended() ? Optional.empty() : resume.next();
    }

    @Override
    public boolean ended() {
      close();
      return true;
    }

    @Override
    public void cut(Refusal reason) {
      close();
    }

    @Override
    public void retire() {
      close();
    }

    @Override
    public void relisted(Set<Target.Kind> kinds) {
      EventLog open = log;
      if (open != null && !session.ended()) {
        Relisted.notices(kinds)
            .forEach(name ->
                open.publish(Payload.of("{\"jsonrpc\":\"2.0\",\"method\":\"" + name + "\"}")));
      }
    }

    private void close() {
      EventLog open = log;
      if (open != null) {
        open.end();
        if (session.standing().filter(s -> s == open).isPresent()) {
          session.standing(null);
        }
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

    @Override
    public boolean outlivesCaller() {
      return log != null;
    }

    @Override
    public void whenUnwanted(Runnable stop) {
      EventLog open = log;
      if (open != null) {
        open.whenAbandoned(() -> {
          close();
          stop.run();
        });
      }
    }

    private Refused unavailable(String reason) {
      return new Refused(new Refusal.UpstreamUnavailable(upstream, reason));
    }
  }
}
