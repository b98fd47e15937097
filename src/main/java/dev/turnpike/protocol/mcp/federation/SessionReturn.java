package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Resumption;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.McpErrors;
import dev.turnpike.protocol.mcp.Refusals;
import dev.turnpike.protocol.mcp.Said;
import dev.turnpike.protocol.mcp.Statuses;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.bridge.pool.LogLevel;
import dev.turnpike.protocol.mcp.bridge.pool.PooledSession;
import dev.turnpike.protocol.mcp.legacy.CallerStream;
import dev.turnpike.protocol.mcp.legacy.Resume;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.rpc.Splice;
import dev.turnpike.session.Conversation.Question;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The answer of one of several legacy upstreams on its way to a legacy caller: only the ids are
 * others on the two sides.
 */
final class SessionReturn implements Answering {
  private final SessionCall call;
  private final RpcId id;
  private final Upstream upstream;
  private final CallerStream stream;
  private final Executor loop;
  private final PooledSession held;
  private final List<Question> open = new ArrayList<>();
  private Resume resume;
  private @Nullable CompletionStage<Optional<Outgoing>> sequel;
  private int status;
  private boolean reopened;
  private boolean whole;

  SessionReturn(SessionCall call, Upstream upstream, Reply reply) {
    this.call = call;
    this.id = call.asked().id().orElseThrow();
    this.upstream = upstream;
    this.stream = new CallerStream(call.session(), reply);
    this.resume = new Resume(call.there().link());
    this.loop = upstream.here();
    this.held = call.there();
    held.hold();
  }

  @Override
  public void head(Answered head) throws Refused {
    status = head.status();
    sequel = null;
    if (status == 404 && call.there().link().session().isPresent() && !reopened) {
      // the session was forgotten, so the request was not looked at: once more, in another
      reopened = true;
      call.pool().lost(call.there());
      sequel =
          call.reopened(upstream)
              .thenApply(there -> {
                resume = new Resume(there.link());
                return Optional.of(call.outgoing());
              });
      return;
    }
    Statuses.judge(status, upstream.name());
    if (status == 200 && head.events()) {
      stream.open();
    }
  }

  @Override
  public boolean wholeWithHead() {
    return sequel != null;
  }

  @Override
  public Optional<CompletionStage<Optional<Outgoing>>> sequel() {
    return Optional.ofNullable(sequel);
  }

  @Override
  public boolean message(Payload json, String eventId) throws Refused {
    Told told = Told.read(json, upstream.name());
    resume.seen(eventId);
    return switch (told.message()) {
      case RpcMessage.Request(RpcId question, var method) -> {
        if (method.equals("ping")) {
          tell(Said.result(question, "{}"));
        } else if (status == 200) {
          asked(question, told);
        }
        yield false;
      }
      case RpcMessage.Notification(var name) -> {
        noticed(name, told);
        yield false;
      }
      case RpcMessage.Result(RpcId of) -> of.equals(call.sent()) && last(numbered(told));
      case RpcMessage.Failure(var of, var code) -> {
        if (code.filter(c -> c == McpErrors.UNSUPPORTED_VERSION).isPresent()) {
          call.pool().changed(upstream, call.there());
        }
        yield (of.isEmpty() || of.get().equals(call.sent())) && last(failed(told));
      }
    };
  }

  private void asked(RpcId question, Told told) {
    Question ours = call.kept().ask();
    open.add(ours);
    ours.answer()
        .whenComplete((answer, _) -> {
          if (answer == null) {
            tell(Said.error(question, McpErrors.INTERNAL, "Nobody answered"));
          } else {
            tell(Answers.numbered(answer, question));
          }
        });
    stream.publish(
        Splice.of(told.scan().payload())
            .replace(told.scan().span(Told.ID), ours.id().lexeme())
            .apply());
  }

  private void noticed(String name, Told told) {
    switch (name) {
      case "notifications/progress" -> {
        if (call.asked().scan().has(Asked.PROGRESS_TOKEN)
            && told.scan()
                .text(Told.PROGRESS_TOKEN)
                .filter(call.sent().value()::equals)
                .isPresent()) {
          String token = call.asked().scan().part(Asked.PROGRESS_TOKEN).text();
          stream.publish(
              Splice.of(told.scan().payload())
                  .replace(told.scan().span(Told.PROGRESS_TOKEN), token)
                  .apply());
        }
      }
      case "notifications/message" -> {
        if (told.scan()
            .text(Told.LEVEL)
            .flatMap(LogLevel::named)
            .filter(said -> said.compareTo(call.level()) >= 0)
            .isPresent()) {
          stream.publish(told.scan().payload());
        }
      }
      case "notifications/elicitation/complete" -> stream.publish(told.scan().payload());
      // what belongs to no request is heard by whoever listens
      default -> call.there().bus().heard(name, told);
    }
  }

  private Payload numbered(Told told) {
    return Splice.of(told.scan().payload()).replace(told.scan().span(Told.ID), id.lexeme()).apply();
  }

  private Payload failed(Told told) {
    return Payload.of(
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + id.lexeme()
            + ",\"error\":"
            + told.scan().part(Told.ERROR).text()
            + "}");
  }

  private boolean last(Payload answer) {
    whole = true;
    stream.last(answer);
    return true;
  }

  private void tell(Payload message) {
    upstream.send(call.there().link().post(message, false)).answered().thenAccept(Answered::finish);
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
    Refusal refusal = new Refusal.UpstreamUnavailable(upstream.name(), reason);
    if (!stream.isOpen()) {
      throw new Refused(refusal);
    }
    cut(refusal);
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

  /** A lost connection is no cancellation in the caller's era: it may come back for the rest. */
  @Override
  public boolean outlivesCaller() {
    return true;
  }

  @Override
  public void whenUnwanted(Runnable stop) {
    stream.whenUnwanted(stop);
    call.kept()
        .begun(
            id,
            () ->
                loop.execute(() -> {
                  stream.end();
                  stop.run();
                }));
  }

  /** A closed connection is no cancellation to a legacy upstream: it has to be told. */
  @Override
  public void over() {
    held.release();
    call.kept().over(id);
    open.forEach(question -> call.kept().forget(question.id()));
    if (!whole && !call.sent().value().isEmpty()) {
      whole = true;
      tell(Said.cancelled(call.sent(), "The caller does not want it any more"));
    }
  }
}
