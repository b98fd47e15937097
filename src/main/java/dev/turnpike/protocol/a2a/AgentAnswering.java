package dev.turnpike.protocol.a2a;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.a2a.tree.Misshapen;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Answered;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An agent's answer on its way to the caller: one body, or event by event (A2A 1.0, section 9.4).
 * When a stream ends is the agent's to say.
 */
final class AgentAnswering implements Answering {
  private final Dialect dialect;
  private final AgentDialect agent;
  private final Request request;
  private final Ownership ownership;
  private final String callerId;
  private final String agentId;
  private final String upstream;
  private final Reply reply;
  private final SameTask sameTask;
  private Reply.@Nullable EventSink sink;
  private int status;

  /**
   * @param dialect of the caller
   * @param agent the dialect of the agent
   * @param callerId of the request, as it stands there
   * @param agentId that the agent was asked under
   */
  AgentAnswering(
      Dialect dialect,
      AgentDialect agent,
      Request request,
      Ownership ownership,
      String callerId,
      String agentId,
      String upstream,
      Reply reply) {
    this.dialect = dialect;
    this.agent = agent;
    this.request = request;
    this.ownership = ownership;
    this.callerId = callerId;
    this.agentId = agentId;
    this.upstream = upstream;
    this.reply = reply;
    this.sameTask = new SameTask(request.task());
  }

  @Override
  public void head(Answered head) throws Refused {
    status = head.status();
    if (status == 401 || status == 403 || status == 429 || status / 100 == 3) {
      // credentials and limits of the hop to the agent, and redirects, which are not followed
      throw unavailable("answered with status " + status);
    }
    if (head.events()) {
      if (status != 200 || !request.operation().streams()) {
        throw invalid("answered with a stream, with status " + status);
      }
      sink = reply.stream();
    }
  }

  @Override
  public boolean message(Payload json, String eventId) throws Refused {
    AgentAnswer answer = answer(json);
    return switch (answer) {
      case AgentAnswer.Failed failed -> {
        if (failed.code() == A2aErrors.VERSION_NOT_SUPPORTED) {
          // of the hop to the agent, which is no business of the caller
          throw unavailable("does not speak the version that its card names");
        }
        last(eventId, failed.to(callerId));
        yield true;
      }
      case AgentAnswer.Result result -> {
        Reply.EventSink open = sink;
        if (open != null) {
          open.event(eventId, said(result).to(callerId));
          if (result.last()) {
            open.end();
          }
          yield result.last();
        }
        if (status != 200) {
          throw invalid("answered with a result, with status " + status);
        }
        reply.answer(200, Refusals.JSON, said(result).to(callerId));
        yield true;
      }
    };
  }

  private AgentAnswer answer(Payload json) throws Refused {
    try {
      AgentAnswer answer =
          AgentAnswer.read(agent, json, agentId, request.operation(), sink != null);
      if (answer instanceof AgentAnswer.Result result) {
        sameTask.judge(result.value());
        return new AgentAnswer.Result(ownership.seen(result.value()), result.last());
      }
      return answer;
    } catch (AgentAnswer.Wrong wrong) {
      throw status == 200 ? wrong.refused(upstream) : unavailable("answered with status " + status);
    }
  }

  // the agent's words in those of the caller's version
  private AgentAnswer.Result said(AgentAnswer.Result result) throws Refused {
    try {
      return new AgentAnswer.Result(
          sink == null
              ? dialect.result(request.operation(), result.value())
              : dialect.event(result.value()),
          result.last());
    } catch (Misshapen misshapen) {
      throw invalid(
          "answered what cannot be said in A2A " + dialect.version() + ": " + misshapen.reason());
    }
  }

  private void last(String eventId, Payload message) {
    Reply.EventSink open = sink;
    if (open == null) {
      reply.answer(200, Refusals.JSON, message);
    } else {
      open.event(eventId, message);
      open.end();
    }
  }

  @Override
  public void primed(String eventId, OptionalLong retryMillis) {
    // no stream of A2A can be come back to at a place in its middle
  }

  @Override
  public boolean ended() throws Refused {
    Reply.EventSink open = sink;
    if (open == null) {
      throw unavailable(
          status == 200 ? "ended its answer without a result" : "answered with status " + status);
    }
    open.end();
    return true;
  }

  @Override
  public void cut(Refusal reason) {
    Reply.EventSink open = sink;
    if (open != null) {
      open.event("", Refusals.message(reason, callerId));
      open.end();
    }
  }

  @Override
  public void retire() {
    Reply.EventSink open = sink;
    if (open != null) {
      open.end();
    }
  }

  @Override
  public boolean full() {
    Reply.EventSink open = sink;
    return open != null && open.full();
  }

  @Override
  public void onDrain(Runnable action) {
    Reply.EventSink open = sink;
    if (open == null) {
      action.run();
    } else {
      open.onDrain(action);
    }
  }

  /** Who leaves does not end a task: the agent only sees the connection closed. */
  @Override
  public boolean outlivesCaller() {
    return false;
  }

  private Refused unavailable(String reason) {
    return new Refused(new Refusal.UpstreamUnavailable(upstream, reason));
  }

  private Refused invalid(String reason) {
    return AgentAnswer.invalid(upstream, reason);
  }
}
