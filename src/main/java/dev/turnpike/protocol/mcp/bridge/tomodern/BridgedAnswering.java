package dev.turnpike.protocol.mcp.bridge.tomodern;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.McpErrors;
import dev.turnpike.protocol.mcp.Method;
import dev.turnpike.protocol.mcp.Nature;
import dev.turnpike.protocol.mcp.Refusals;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.Statuses;
import dev.turnpike.protocol.mcp.Suspicion;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.legacy.CallerStream;
import dev.turnpike.protocol.mcp.modern.Hidden;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.session.Conversation;
import dev.turnpike.session.Session;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Upstream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A modern upstream's answer on its way to a legacy caller, with the rounds that it may take. */
final class BridgedAnswering implements Answering {
  private static final long RETRY_MILLIS = 1_000;

  private final RpcId id;
  private final Method method;
  private final Upstream upstream;
  private final ModernSide side;
  private final Conversation conversation;
  private final Reply reply;
  private final CallerStream stream;
  private final Rounds rounds;
  private final Backstage backstage;
  private final ResultsDown results;
  private final Function<Stamp.Again, Outgoing> again;
  private final Supplier<Outgoing> anew;
  private final Runnable sessions;
  private final Executor loop;
  // an event without data would break clients of older revisions
  private final boolean resumes;
  private RpcId expected;
  private int status;
  private boolean relisted;
  private @Nullable CompletionStage<Optional<Outgoing>> sequel;

  BridgedAnswering(
      RpcId id,
      Method method,
      String name,
      Session session,
      Upstream upstream,
      ModernSide side,
      Visibility visibility,
      Reply reply,
      Supplier<Outgoing> anew,
      Function<Stamp.Again, Outgoing> again) {
    this.id = id;
    this.expected = id;
    this.method = method;
    this.upstream = upstream;
    this.side = side;
    this.conversation = session.conversation().orElseThrow();
    this.reply = reply;
    this.stream = new CallerStream(session, reply);
    this.rounds = new Rounds(conversation, session.revision());
    this.backstage = new Backstage(upstream, side, session.caller(), conversation);
    this.results =
        new ResultsDown(
            method, name, session.revision(), upstream, side.tools(), side.schemas(), visibility);
    this.anew = anew;
    this.again = again;
    this.sessions = () -> side.sessions().end(session);
    this.loop = upstream.here();
    this.resumes = session.revision().compareTo(Revisions.LATEST_LEGACY) >= 0;
  }

  @Override
  public void head(Answered head) throws Refused {
    status = head.status();
    sequel = null;
    Statuses.judge(status, upstream.name());
    if (status == 200 && head.events()) {
      stream.open();
    }
  }

  @Override
  public boolean message(Payload json, String eventId) throws Refused {
    Told told = Told.read(json, upstream.name());
    return switch (told.message()) {
      // the era has no requests from server to client
      case RpcMessage.Request _ -> false;
      case RpcMessage.Notification(var name) -> {
        notice(name, json);
        yield false;
      }
      case RpcMessage.Result(RpcId of) -> of.equals(expected) && result(told);
      case RpcMessage.Failure(var of, var code) ->
          (of.isEmpty() || of.get().equals(expected)) && failed(told, of, code.orElse(0L));
    };
  }

  private boolean result(Told told) throws Refused {
    Optional<Hidden.Behind> behind = backstage.behind();
    if (behind.isPresent()) {
      return step(behind.get(), behind.get().next(told));
    }
    if (Rounds.asks(told)) {
      return asked(told, this::sentAgain);
    }
    Optional<Hidden.Ask> first =
        method.name().equals("tools/call") ? backstage.begun(told) : Optional.empty();
    if (first.isPresent()) {
      reply.waits();
      // it may take longer than a connection lasts: whoever waits can come back for it
      stream.open();
      if (resumes) {
        stream.prime(RETRY_MILLIS);
      }
      sequel = behindSoon(first.get());
      return true;
    }
    return complete(told);
  }

  private boolean step(Hidden.Behind behind, Hidden.Step step) throws Refused {
    return switch (step) {
      case Hidden.Ask ask -> {
        sequel = behindSoon(ask);
        yield true;
      }
      case Hidden.Inputs(Told told) ->
          asked(told, given -> askedBehind(behind.given(given.responses().orElse("{}"))));
      case Hidden.End(Told told) -> {
        backstage.done();
        yield told.message() instanceof RpcMessage.Failure(_, var code)
            ? last(ErrorsDown.legacy(told, code.orElse(0L), id, method))
            : complete(told);
      }
    };
  }

  private CompletionStage<Optional<Outgoing>> behindSoon(Hidden.Ask ask) {
    CompletableFuture<Optional<Outgoing>> soon = new CompletableFuture<>();
    upstream.later(ask.after(), () -> soon.complete(Optional.of(askedBehind(ask))));
    return soon;
  }

  private Outgoing askedBehind(Hidden.Ask ask) {
    Outgoing request = backstage.request(ask);
    expected = backstage.id();
    return request;
  }

  private Outgoing sentAgain(Stamp.Again given) {
    expected = given.id();
    return again.apply(given);
  }

  private boolean complete(Told told) throws Refused {
    // the caller would take a kind of result that it cannot know for the result itself
    if (told.scan().text(Told.RESULT_TYPE).filter(type -> !type.equals("complete")).isPresent()) {
      throw unavailable("answered with a kind of result that Turnpike does not know");
    }
    return last(results.legacy(told, id));
  }

  private void notice(String name, Payload json) {
    // what belongs to no request is heard on the stream of the session
    if (status == 200
        && (name.equals("notifications/progress") || name.equals("notifications/message"))) {
      stream.publish(json);
    }
  }

  private boolean failed(Told told, Optional<RpcId> of, long code) {
    if (code == McpErrors.UNSUPPORTED_VERSION || Suspicion.ofLegacy(status, of, code)) {
      sequel = verified(ErrorsDown.legacy(told, code, id, method));
      return true;
    }
    if (code == McpErrors.HEADER_MISMATCH) {
      side.tools().forget(upstream);
      if (!relisted && !stream.isOpen()) {
        // what we knew of the tool was old: once more, with the fields that it has now
        relisted = true;
        sequel = side.tools().listed(upstream).thenApply(_ -> Optional.of(anew.get()));
        return true;
      }
    }
    return last(ErrorsDown.legacy(told, code, id, method));
  }

  // the upstream is asked what it speaks now: where that is the caller's era, the caller opens a
  // session anew, which leads there
  private CompletionStage<Optional<Outgoing>> verified(Payload otherwise) {
    side.natures().doubt(upstream);
    return side.natures()
        .of(upstream)
        .handle((nature, _) -> nature == Nature.LEGACY)
        .thenComposeAsync(
            legacy -> {
              if (legacy && !stream.isOpen()) {
                // the session's end would end this call, too
                conversation.over(id);
                sessions.run();
                return CompletableFuture.failedFuture(new Refused(new Refusal.NoSuchSession()));
              }
              last(otherwise);
              return CompletableFuture.completedFuture(Optional.empty());
            },
            loop);
  }

  private boolean asked(Told told, Function<Stamp.Again, Outgoing> onward) throws Refused {
    if (!method.inputs()) {
      throw unavailable("asked for inputs where none can be asked for");
    }
    reply.withheld(told.scan().payload());
    reply.waits();
    try {
      CompletableFuture<Stamp.Again> next = rounds.next(told, stream::publish);
      sequel =
          paused(next.orTimeout(side.inputTime().toMillis(), TimeUnit.MILLISECONDS))
              .handleAsync((given, failure) -> onward(given, failure, onward), loop);
      return true;
    } catch (Rounds.Failed failed) {
      return last(ErrorsDown.failed(id, method, String.valueOf(failed.getMessage())));
    }
  }

  private CompletableFuture<Stamp.Again> paused(CompletableFuture<Stamp.Again> next) {
    if (!next.isDone() || next.isCompletedExceptionally() || next.join().responses().isPresent()) {
      return next;
    }
    CompletableFuture<Stamp.Again> later = new CompletableFuture<>();
    upstream.later(Duration.ofMillis(rounds.pauseMillis()), () -> later.complete(next.join()));
    return later;
  }

  private Optional<Outgoing> onward(
      Stamp.@Nullable Again given,
      @Nullable Throwable failure,
      Function<Stamp.Again, Outgoing> onward) {
    if (given == null) {
      last(ErrorsDown.failed(id, method, why(failure)));
      return Optional.empty();
    }
    return Optional.of(onward.apply(given));
  }

  private static String why(@Nullable Throwable failure) {
    Throwable cause = failure != null && failure.getCause() != null ? failure.getCause() : failure;
    return cause instanceof Rounds.Failed told
        ? String.valueOf(told.getMessage())
        : "The client did not answer what the server asked for";
  }

  @Override
  public Optional<CompletionStage<Optional<Outgoing>>> sequel() {
    return Optional.ofNullable(sequel);
  }

  private boolean last(Payload answer) {
    stream.last(answer);
    return true;
  }

  @Override
  public void primed(String eventId, OptionalLong retryMillis) {
    // no stream of the modern era can be come back to
  }

  @Override
  public boolean ended() throws Refused {
    String reason =
        status == 200 ? "ended its answer without a result" : "answered with status " + status;
    if (!stream.isOpen()) {
      if (Suspicion.ofStatus(status)) {
        side.natures().doubt(upstream);
      }
      throw unavailable(reason);
    }
    cut(new Refusal.UpstreamUnavailable(upstream.name(), reason));
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
    // who cancels a call gets no answer to it (2025-11-25, basic/utilities/cancellation)
    conversation.begun(
        id,
        () ->
            loop.execute(() -> {
              stream.end();
              stop.run();
            }));
  }

  @Override
  public void over() {
    conversation.over(id);
    rounds.abandon();
    backstage.leave();
  }

  private Refused unavailable(String reason) {
    return new Refused(new Refusal.UpstreamUnavailable(upstream.name(), reason));
  }
}
