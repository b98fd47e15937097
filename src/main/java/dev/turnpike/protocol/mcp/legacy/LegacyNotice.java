package dev.turnpike.protocol.mcp.legacy;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.Refusals;
import dev.turnpike.rpc.Payload;
import dev.turnpike.session.Session;
import dev.turnpike.session.Sessions;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Upstream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A notification, or an answer to a question of the upstream: passed on and acknowledged with 202.
 *
 * @param passes whether it goes to the upstream; what the revision does not know is acknowledged
 *     and dropped
 * @param effect what it does here where it does not pass
 */
record LegacyNotice(
    Call call,
    String upstream,
    Payload body,
    Session session,
    boolean passes,
    Runnable effect,
    Sessions sessions)
    implements Dialogue {
  /** The notifications of a client, in all three revisions. */
  static final Set<String> KNOWN =
      Set.of(
          "notifications/initialized",
          "notifications/cancelled",
          "notifications/progress",
          "notifications/roots/list_changed");

  @Override
  public CompletionStage<?> meet(Upstream met) {
    return passes
        ? ToUpstream.same(met, session, sessions)
        : CompletableFuture.completedFuture(null);
  }

  @Override
  public Course course(Visibility visibility) {
    return passes
        ? new Course.Afar(ToUpstream.link(session).post(body, false), false)
        : new Course.Home(reply -> {
          effect.run();
          reply.answer(202);
        });
  }

  @Override
  public Answering answering(Visibility visibility, Reply reply) {
    return new Acknowledged(upstream, reply);
  }

  @Override
  public void refuse(Refusal reason, Reply reply) {
    Refusals.answer(reason, Era.LEGACY, Optional.empty(), "", reply);
  }

  /** Whatever the upstream says to it, if only it took it. */
  private record Acknowledged(String upstream, Reply reply) implements Answering {
    @Override
    public void head(Answered head) throws Refused {
      if (head.status() == 404) {
        throw new Refused(new Refusal.NoSuchSession());
      }
      if (head.status() / 100 != 2) {
        throw new Refused(
            new Refusal.UpstreamUnavailable(upstream, "answered with status " + head.status()));
      }
      reply.answer(202);
    }

    @Override
    public boolean wholeWithHead() {
      return true;
    }

    @Override
    public boolean message(Payload json, String eventId) {
      return false;
    }

    @Override
    public void primed(String eventId, OptionalLong retryMillis) {}

    @Override
    public boolean ended() {
      return true;
    }

    @Override
    public void cut(Refusal reason) {}

    @Override
    public boolean full() {
      return false;
    }

    @Override
    public void onDrain(Runnable action) {
      action.run();
    }

    @Override
    public boolean outlivesCaller() {
      return true;
    }
  }
}
