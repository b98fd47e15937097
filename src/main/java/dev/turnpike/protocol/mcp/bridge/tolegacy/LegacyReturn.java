package dev.turnpike.protocol.mcp.bridge.tolegacy;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Resumption;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.ClientCapabilities;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.McpErrors;
import dev.turnpike.protocol.mcp.Refusals;
import dev.turnpike.protocol.mcp.Said;
import dev.turnpike.protocol.mcp.Statuses;
import dev.turnpike.protocol.mcp.Suspicion;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.bridge.pool.LogLevel;
import dev.turnpike.protocol.mcp.bridge.pool.PooledSession;
import dev.turnpike.protocol.mcp.bridge.tolegacy.Continuation.Pending;
import dev.turnpike.protocol.mcp.legacy.Resume;
import dev.turnpike.protocol.mcp.modern.CallerStream;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.rpc.Splice;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Upstream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A legacy upstream's answer on its way to a modern caller. Where the upstream asks something
 * meanwhile, the exchange ends with what it asks, and the upstream waits.
 */
final class LegacyReturn implements Answering {
  // questions that come together are asked together
  private static final Duration WINDOW = Duration.ofMillis(50);

  // an upstream that goes on asking is answered in rounds, all the same
  private static final Duration LONGEST_WINDOW = Duration.ofMillis(500);
  private static final int MOST_QUESTIONS = 32;
  private static final int MOST_PAGES = 8;
  private static final long MOST_BYTES = 1024 * 1024;

  // so long may an answer be silent before the caller sees that somebody is there
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final LegacyCall call;
  private final RpcId id;
  private final Upstream upstream;
  private final LegacySide side;
  private final Visibility visibility;
  private final Reply reply;
  private Resume resume;
  private final LogLevel level;
  private final PooledSession held;
  private final Map<String, Pending> asked = new LinkedHashMap<>();
  private final Progress progress = new Progress();
  private final CallerStream stream;
  private @Nullable OpenAnswer open;
  private @Nullable Runnable leave;
  private @Nullable CompletionStage<Optional<Outgoing>> sequel;
  private int status = 200;
  private long askedBytes;
  private boolean finished;
  private boolean reopened;

  LegacyReturn(
      LegacyCall call, Upstream upstream, LegacySide side, Visibility visibility, Reply reply) {
    this.call = call;
    this.id = call.asked().id().orElseThrow();
    this.upstream = upstream;
    this.side = side;
    this.visibility = visibility;
    this.reply = reply;
    this.stream = new CallerStream(reply);
    this.resume = new Resume(call.opened().link());
    this.level = call.logLevel();
    this.held = call.opened();
    held.hold();
  }

  @Override
  public void head(Answered head) throws Refused {
    status = head.status();
    sequel = null;
    if (status == 404 && call.opened().link().session().isPresent() && !reopened) {
      // the session was forgotten, so the request was not looked at: once more, in another
      reopened = true;
      sequel = call.again(upstream).thenApply(session -> Optional.of(call.outgoing(session)));
      return;
    }
    Statuses.judge(status, upstream.name());
    if (status == 200 && head.events()) {
      upstream.later(
          SILENCE,
          () -> {
            if (!finished && !reply.committed()) {
              stream.open();
            }
          });
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
  public Answered adopted(Answered answered) {
    OpenAnswer adopted = new OpenAnswer(answered, upstream);
    open = adopted;
    return adopted;
  }

  /** The answer that an earlier exchange left. */
  void continuing(Continuation kept) {
    open = kept.answer();
    resume = kept.resume();
  }

  @Override
  public void mayLeave(Runnable leaving) {
    leave = leaving;
  }

  @Override
  public boolean message(Payload json, String eventId) throws Refused {
    Told told = Told.read(json, upstream.name());
    resume.seen(eventId);
    return switch (told.message()) {
      case RpcMessage.Request(RpcId question, var method) -> {
        questioned(question, method, told);
        yield false;
      }
      case RpcMessage.Notification(var name) -> {
        noticed(name, told);
        yield false;
      }
      case RpcMessage.Result(RpcId of) ->
          of.equals(call.sent())
              && last(
                  new ResultsUp(call.method(), upstream, call.opened(), side.tools(), visibility)
                      .modern(told, id));
      case RpcMessage.Failure(var of, var code) ->
          (of.isEmpty() || of.get().equals(call.sent())) && failed(told, code.orElse(0L));
    };
  }

  private void questioned(RpcId question, String method, Told told) throws Refused {
    if (method.equals("ping")) {
      tell(Said.result(question, "{}"));
      return;
    }
    if (!Inputs.known(method) || !call.method().inputs()) {
      tell(Said.error(question, McpErrors.METHOD_NOT_FOUND, "Not here: " + method));
      return;
    }
    Map<?, ?> params =
        told.scan().type(Told.PARAMS) == JsonType.OBJECT
                && JsonValue.read(told.scan().part(Told.PARAMS)) instanceof Map<?, ?> read
            ? read
            : Map.of();
    if (!ClientCapabilities.allow(declared(), method, params)) {
      tell(Said.error(question, McpErrors.INVALID_REQUEST, "The client cannot do this"));
      throw MissingCapability.of(method, params);
    }
    Pending pending = Inputs.pending(question, method, told);
    askedBytes += pending.params().length();
    if (askedBytes > MOST_BYTES) {
      throw unavailable("asks for more than can be put to a caller at once");
    }
    asked.put("r" + (asked.size() + 1), pending);
    int so = asked.size();
    if (so == MOST_QUESTIONS) {
      suspend();
      return;
    }
    suspendLater(WINDOW, so);
    if (so == 1) {
      suspendLater(LONGEST_WINDOW, 0);
    }
  }

  // where nothing more has been asked since then, or at all events where that is 0
  private void suspendLater(Duration after, int so) {
    upstream.later(
        after,
        () -> {
          if ((so == 0 || asked.size() == so) && !finished) {
            suspend();
          }
        });
  }

  private Map<?, ?> declared() {
    return JsonValue.read(Payload.of(ClientCapabilities.declared(call.asked())))
            instanceof Map<?, ?> all
        ? all
        : Map.of();
  }

  private void suspend() {
    OpenAnswer kept = open;
    Runnable leaving = leave;
    if (kept == null || leaving == null) {
      throw new IllegalStateException("nothing is being read");
    }
    finished = true;
    Continuation waits =
        new Continuation(
            side.continuations().newId(),
            0,
            call.caller(),
            upstream,
            call.opened(),
            kept,
            resume,
            call.sent(),
            Map.copyOf(asked),
            Map.of(),
            side.continuations().deadline());
    kept.leave();
    call.opened().hold();
    try {
      String state = side.continuations().keep(waits, call.bound());
      stream.last(Inputs.required(id, asked, Optional.of(state)), 200);
    } catch (Refused full) {
      waits.expire();
      if (reply.committed()) {
        stream.last(Refusals.message(full.reason(), Era.MODERN, id), 200);
      } else {
        Refusals.answer(full.reason(), Era.MODERN, call.asked().id(), call.method().name(), reply);
      }
    }
    leaving.run();
  }

  private void noticed(String name, Told told) {
    switch (name) {
      case "notifications/progress" -> {
        if (call.asked().scan().has(Asked.PROGRESS_TOKEN)
            && told.scan().text(Told.PROGRESS_TOKEN).filter(call.sent().value()::equals).isPresent()
            && progress.further(told)) {
          String token = call.asked().scan().part(Asked.PROGRESS_TOKEN).text();
          stream.publish(
              Splice.of(told.scan().payload())
                  .replace(told.scan().span(Told.PROGRESS_TOKEN), token)
                  .apply());
        }
      }
      case "notifications/message" -> {
        if (level != LogLevel.NONE
            && told.scan()
                .text(Told.LEVEL)
                .flatMap(LogLevel::named)
                .filter(said -> said.compareTo(level) >= 0)
                .isPresent()) {
          stream.publish(told.scan().payload());
        }
      }
      // what belongs to no request is heard by whoever listens
      default -> call.opened().bus().heard(name, told);
    }
  }

  private boolean failed(Told told, long code) throws Refused {
    if (Suspicion.ofModern(status, code) && !reopened && !stream.isOpen()) {
      reopened = true;
      Payload error = ErrorsUp.modern(told, code, id, resource());
      sequel =
          Suspicion.ofSession(status, code)
              ? call.again(upstream).thenApply(session -> Optional.of(call.outgoing(session)))
              : call.verified(upstream)
                  .thenApply(_ -> {
                    last(error);
                    return Optional.empty();
                  });
      return true;
    }
    if (code == ErrorsUp.URL_ELICITATION && call.method().inputs()) {
      Map<String, Pending> first = Inputs.elicitations(told);
      if (!first.isEmpty()) {
        if (!ClientCapabilities.allow(declared(), "elicitation/create", Map.of("mode", "url"))) {
          throw MissingCapability.of("elicitation/create", Map.of("mode", "url"));
        }
        int before = call.pagesBefore();
        return before >= MOST_PAGES
            ? last(
                Said.error(
                    id, McpErrors.INTERNAL, "The server wants a page opened again and again"))
            : last(
                Inputs.required(
                    id, first, Optional.of(side.continuations().pages(before + 1, call.bound()))));
      }
    }
    return last(ErrorsUp.modern(told, code, id, resource()));
  }

  private String resource() {
    return call.method().name().equals("resources/read")
        ? call.asked().text(Asked.URI).orElse("")
        : "";
  }

  private boolean last(Payload answer) {
    finished = true;
    stream.last(answer, 200);
    return true;
  }

  private void tell(Payload message) {
    upstream
        .send(call.opened().link().post(message, false))
        .answered()
        .thenAccept(Answered::finish);
  }

  @Override
  public void primed(String eventId, OptionalLong retryMillis) {
    resume.primed(eventId, retryMillis);
  }

  @Override
  public Optional<Resumption> resumption() {
    return open != null && open.events() ? resume.next() : Optional.empty();
  }

  @Override
  public boolean ended() throws Refused {
    throw unavailable(
        status == 200 ? "ended its answer without a result" : "answered with status " + status);
  }

  @Override
  public void cut(Refusal reason) {
    if (stream.isOpen()) {
      stream.last(Refusals.message(reason, Era.MODERN, id), 200);
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

  @Override
  public boolean outlivesCaller() {
    return false;
  }

  /** A closed connection is no cancellation to a legacy upstream: it has to be told. */
  @Override
  public void over() {
    held.release();
    if (!finished && !call.sent().value().isEmpty()) {
      finished = true;
      tell(Said.cancelled(call.sent(), "The caller does not want it any more"));
    }
  }

  private Refused unavailable(String reason) {
    return new Refused(new Refusal.UpstreamUnavailable(upstream.name(), reason));
  }
}
