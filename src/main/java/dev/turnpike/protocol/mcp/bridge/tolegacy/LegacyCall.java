package dev.turnpike.protocol.mcp.bridge.tolegacy;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Headers;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Verb;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Calls;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.Method;
import dev.turnpike.protocol.mcp.Nature;
import dev.turnpike.protocol.mcp.Refusals;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.protocol.mcp.bridge.pool.LogLevel;
import dev.turnpike.protocol.mcp.bridge.pool.PooledSession;
import dev.turnpike.protocol.mcp.bridge.tolegacy.Continuation.Pending;
import dev.turnpike.protocol.mcp.modern.HeaderCheck;
import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Upstream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A modern request to an upstream of the legacy era, in a session that Turnpike keeps there. */
final class LegacyCall implements Dialogue {
  private final Headers headers;
  private final Asked asked;
  private final Method method;
  private final Call call;
  private final Caller caller;
  private final String upstreamName;
  private final LegacySide side;
  private @Nullable Upstream met;
  private @Nullable PooledSession session;
  private @Nullable Continuation continued;
  private @Nullable Continuation left;
  private int pagesBefore;
  private RpcId.Text sent = new RpcId.Text("", "\"\"");

  LegacyCall(
      Headers headers,
      Asked asked,
      Method method,
      Call call,
      Caller caller,
      String upstreamName,
      LegacySide side) {
    this.headers = headers;
    this.asked = asked;
    this.method = method;
    this.call = call;
    this.caller = caller;
    this.upstreamName = upstreamName;
    this.side = side;
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
    try {
      if (call.verb() == Verb.INVOKE) {
        // what a list said is mirrored must be, whoever serves the tool
        HeaderCheck.params(
            headers, side.tools().mirrored(upstream, asked.text(Asked.NAME).orElse("")), asked);
      }
    } catch (Refused refused) {
      return CompletableFuture.failedFuture(refused);
    }
    pagesBefore =
        side.continuations()
            .pagesBefore(asked.text(Asked.REQUEST_STATE).orElse(""), bound())
            .orElse(0);
    if (asked.scan().has(Asked.REQUEST_STATE) && method.inputs() && pagesBefore == 0) {
      try {
        return CompletableFuture.completedFuture(comeBack());
      } catch (Refused refused) {
        return CompletableFuture.failedFuture(refused);
      }
    }
    return side.session(upstream, caller, asked)
        .thenCompose(opened -> {
          session = opened;
          return levelled(upstream, opened);
        });
  }

  private Continuation comeBack() throws Refused {
    if (asked.scan().type(Asked.REQUEST_STATE) != JsonType.STRING) {
      throw Calls.invalid("params.requestState must be a string");
    }
    if (asked.scan().has(Asked.INPUT_RESPONSES)
        && asked.scan().type(Asked.INPUT_RESPONSES) != JsonType.OBJECT) {
      throw Calls.invalid("params.inputResponses must be an object");
    }
    Continuation found =
        side.continuations().take(asked.text(Asked.REQUEST_STATE).orElse(""), caller, bound());
    if (!responses(found).values().stream().allMatch(json -> json.startsWith("{"))) {
      side.continuations().putBack(found);
      throw Calls.invalid("Each of params.inputResponses must be an object");
    }
    session = found.session();
    continued = found;
    return found;
  }

  // those that were asked for, as JSON; what else may come along is nobody's
  private Map<String, String> responses(Continuation to) {
    Map<String, String> given = new LinkedHashMap<>();
    if (asked.scan().type(Asked.INPUT_RESPONSES) == JsonType.OBJECT) {
      JsonScanner.members(asked.scan().part(Asked.INPUT_RESPONSES)).stream()
          .filter(one -> to.pending().containsKey(one.name()))
          .forEach(one -> given.put(one.name(), one.value().text().strip()));
    }
    return given;
  }

  /** How often the caller was asked to open a page before this call. */
  int pagesBefore() {
    return pagesBefore;
  }

  List<String> bound() {
    return Binding.of(asked, method, call.endpoint(), upstreamName);
  }

  // the level is the session's: it is told once, and before the request that wants it
  private CompletionStage<?> levelled(Upstream upstream, PooledSession opened) {
    LogLevel wanted = logLevel();
    if (wanted == LogLevel.NONE
        || !opened.capabilities().containsKey("logging")
        || !opened.lowers(wanted)) {
      return CompletableFuture.completedFuture(null);
    }
    Outgoing level = opened.link().post(wanted.asked(opened.nextId()), false);
    return upstream.send(level).answered().thenAccept(Answered::finish).exceptionally(_ -> null);
  }

  LogLevel logLevel() {
    return asked.text(Asked.META_LOG_LEVEL).flatMap(LogLevel::named).orElse(LogLevel.NONE);
  }

  @Override
  public boolean continues() {
    return continued != null;
  }

  @Override
  public Course course(Visibility visibility) {
    PooledSession opened = opened();
    if (method.name().equals("server/discover")) {
      return new Course.Home(
          reply -> reply.answer(200, Words.JSON, Description.of(opened, asked.id().orElseThrow())));
    }
    Continuation back = continued;
    if (back != null) {
      return resumed(back);
    }
    return new Course.Afar(outgoing(opened), false);
  }

  private Course resumed(Continuation back) {
    Map<String, String> given = new LinkedHashMap<>(back.given());
    given.putAll(responses(back));
    Map<String, Pending> missing = new LinkedHashMap<>(back.pending());
    missing.keySet().removeAll(given.keySet());
    if (!missing.isEmpty()) {
      return new Course.Home(reply -> askAgain(back, missing, given, reply));
    }
    sent = back.call();
    left = back;
    return new Course.Kept(
        back.answer(),
        () -> {
          // from here on it is the exchange's own
          continued = null;
          back.session().release();
          back.pending()
              .forEach((key, one) -> back.deliver(one.answered(given.getOrDefault(key, "{}"))));
        });
  }

  // an answer that was left out is asked for again, and the others are kept
  private void askAgain(
      Continuation back, Map<String, Pending> missing, Map<String, String> given, Reply reply) {
    continued = null;
    Continuation next = back.next(given, side.continuations().deadline());
    try {
      String state = side.continuations().keep(next, bound());
      reply.answer(
          200, Words.JSON, Inputs.required(asked.id().orElseThrow(), missing, Optional.of(state)));
    } catch (Refused refused) {
      next.expire();
      refuse(refused.reason(), reply);
    }
  }

  Outgoing outgoing(PooledSession opened) {
    sent = opened.nextId();
    return opened.link().post(Unstamp.legacy(asked, sent), Calls.repeatable(call, met));
  }

  RpcId.Text sent() {
    return sent;
  }

  Asked asked() {
    return asked;
  }

  Method method() {
    return method;
  }

  Caller caller() {
    return caller;
  }

  PooledSession opened() {
    PooledSession opened = session;
    if (opened == null) {
      throw new IllegalStateException("the upstream has not been met");
    }
    return opened;
  }

  /**
   * Another session, where the upstream has forgotten the one that was there; fails with {@link
   * Refused} where it does not speak this era any more.
   */
  CompletableFuture<PooledSession> again(Upstream upstream) {
    side.pool().lost(opened());
    return verified(upstream)
        .thenCompose(_ -> side.session(upstream, caller, asked))
        .thenCompose(opened -> {
          session = opened;
          return levelled(upstream, opened).thenApply(_ -> opened);
        });
  }

  /**
   * Completes where the upstream, asked anew, still speaks this era; else fails as {@link #again}.
   */
  CompletableFuture<?> verified(Upstream upstream) {
    side.natures().doubt(upstream);
    return side.natures()
        .of(upstream)
        .thenCompose(nature ->
            nature == Nature.LEGACY
                ? CompletableFuture.completedFuture(nature)
                : CompletableFuture.failedFuture(
                    new Refused(
                        new Refusal.UpstreamUnavailable(
                            upstreamName, "speaks another era now: try again"))));
  }

  @Override
  public Answering answering(Visibility visibility, Reply reply) {
    Upstream upstream = met;
    if (upstream == null) {
      throw new IllegalStateException("the upstream has not been met");
    }
    LegacyReturn made = new LegacyReturn(this, upstream, side, visibility, reply);
    Continuation kept = left;
    if (kept != null) {
      made.continuing(kept);
    }
    return made;
  }

  @Override
  public void refuse(Refusal reason, Reply reply) {
    Continuation back = continued;
    if (back != null) {
      // it was taken for nothing: a rule, a budget or a limit said no, and may say yes later
      side.continuations().putBack(back);
    }
    Refusals.answer(reason, Era.MODERN, asked.id(), method.name(), reply);
  }
}
