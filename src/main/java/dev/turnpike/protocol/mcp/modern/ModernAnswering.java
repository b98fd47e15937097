package dev.turnpike.protocol.mcp.modern;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.McpErrors;
import dev.turnpike.protocol.mcp.Method;
import dev.turnpike.protocol.mcp.Natures;
import dev.turnpike.protocol.mcp.Refusals;
import dev.turnpike.protocol.mcp.Relisted;
import dev.turnpike.protocol.mcp.Statuses;
import dev.turnpike.protocol.mcp.Suspicion;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.Uris;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A modern answer on its way to a modern caller: one JSON body, or a stream that ends with the
 * result.
 */
final class ModernAnswering implements Answering {
  private final RpcId id;
  private final Method method;
  private final Upstream upstream;
  private final Natures natures;
  private final Tools tools;
  private final Visibility visibility;
  private final Results results;
  private final CallerStream stream;
  private final Optional<Outgoing> sent;
  private final Amendment amendment;
  private @Nullable Payload acknowledged;
  private boolean again;
  private boolean repeating;
  private int status = 200;

  ModernAnswering(
      RpcId id,
      Method method,
      Upstream upstream,
      Natures natures,
      Tools tools,
      Supplier<List<String>> revisions,
      Visibility visibility,
      Optional<Outgoing> sent,
      Amendment amendment,
      Reply reply) {
    this.id = id;
    this.method = method;
    this.upstream = upstream;
    this.natures = natures;
    this.tools = tools;
    this.visibility = visibility;
    this.sent = sent;
    this.amendment = amendment;
    this.results = new Results(method, upstream, tools, revisions, visibility);
    this.stream = new CallerStream(reply);
  }

  @Override
  public void head(Answered head) throws Refused {
    status = head.status();
    repeating = false;
    Statuses.judge(status, upstream.name());
    if (status == 200 && head.events()) {
      stream.open();
    }
  }

  @Override
  public boolean message(Payload json, String eventId) throws Refused {
    Told told = Told.read(json, upstream.name());
    return switch (told.message()) {
      // the revision has no requests from server to client: there is nobody to answer it
      case RpcMessage.Request _ -> false;
      case RpcMessage.Notification(var name) -> {
        notice(name, told, json);
        yield false;
      }
      case RpcMessage.Result(RpcId of) -> of.equals(id) && last(result(told), 200);
      case RpcMessage.Failure(var of, var code) ->
          (of.isEmpty() || of.get().equals(id)) && failed(told, of, code.orElse(0L));
    };
  }

  private Payload result(Told told) throws Refused {
    Optional<Payload> instead = amendment.instead(told);
    return instead.isPresent() ? instead.get() : amendment.amended(told, results.complete(told));
  }

  private void notice(String name, Told told, Payload json) throws Refused {
    if (status != 200) {
      return;
    }
    if (name.equals("notifications/subscriptions/acknowledged")) {
      acknowledged = told.scan().payload();
    }
    if (name.endsWith("/list_changed")) {
      tools.changed(upstream);
    }
    if (name.equals("notifications/resources/updated")
        && !told.scan()
            .text(Told.URI)
            .map(uri -> Uris.plain(uri) && visibility.shows(new Target(Target.Kind.RESOURCE, uri)))
            .orElse(false)) {
      return;
    }
    stream.publish(json);
  }

  private boolean failed(Told told, Optional<RpcId> of, long code) throws Refused {
    if (code == McpErrors.UNSUPPORTED_VERSION) {
      natures.doubt(upstream);
      if (!again && !stream.isOpen() && sent.isPresent()) {
        // the version is the only one there is, and the request was not looked at
        again = true;
        repeating = true;
        return true;
      }
    }
    if (code == McpErrors.HEADER_MISMATCH) {
      tools.forget(upstream);
    }
    // these two speak of the hop from us to the upstream, which is no business of the caller
    if (code == McpErrors.HEADER_MISMATCH || code == McpErrors.UNSUPPORTED_VERSION) {
      throw inBand("The upstream did not take the request that was made of this one");
    }
    if (Suspicion.ofLegacy(status, of, code)) {
      natures.doubt(upstream);
    }
    if (of.isEmpty()) {
      throw unavailable("answered with an error that belongs to no request");
    }
    int answer =
        switch ((int) code) {
          case McpErrors.CAPABILITY_MISSING -> 400;
          case McpErrors.METHOD_NOT_FOUND -> status == 404 ? 404 : 200;
          default -> 200;
        };
    return last(told.scan().payload(), answer);
  }

  @Override
  public Optional<CompletionStage<Optional<Outgoing>>> sequel() {
    return repeating ? Optional.of(CompletableFuture.completedFuture(sent)) : Optional.empty();
  }

  private Refused inBand(String message) {
    return new Refused(new Refusal.ProtocolRule(200, McpErrors.INTERNAL, message));
  }

  private boolean last(Payload answer, int answerStatus) {
    stream.last(answer, answerStatus);
    return true;
  }

  @Override
  public void primed(String eventId, OptionalLong retryMillis) {
    // no stream of this revision can be come back to
  }

  @Override
  public boolean ended() throws Refused {
    if (!stream.isOpen()) {
      if (Suspicion.ofStatus(status)) {
        natures.doubt(upstream);
      }
      throw unavailable(
          status == 200 ? "ended its answer without a result" : "answered with status " + status);
    }
    if (method.name().equals("subscriptions/listen")) {
      stream.open().end();
      return true;
    }
    cut(new Refusal.UpstreamUnavailable(upstream.name(), "ended its answer without a result"));
    return false;
  }

  @Override
  public void cut(Refusal reason) {
    if (stream.isOpen()) {
      last(Refusals.message(reason, Era.MODERN, id), 200);
    }
  }

  /** As far as the upstream tells of changed lists, Turnpike does, too. */
  @Override
  public void relisted(Set<Target.Kind> kinds) {
    if (stream.isOpen() && acknowledged != null) {
      for (String name : Relisted.notices(kinds)) {
        if (Subscriptions.tells(acknowledged, name)) {
          stream.publish(Subscriptions.notice(name, id));
        }
      }
    }
  }

  /** A subscription ends with its result, and the caller subscribes again elsewhere. */
  @Override
  public void retire() {
    if (stream.isOpen()) {
      last(
          Payload.of(
              "{\"jsonrpc\":\"2.0\",\"id\":%1$s,\"result\":{\"resultType\":\"complete\",\"_meta\":{\"%2$s\":%1$s}}}"
                  .formatted(id.lexeme(), Words.META_SUBSCRIPTION)),
          200);
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

  private Refused unavailable(String reason) {
    return new Refused(new Refusal.UpstreamUnavailable(upstream.name(), reason));
  }
}
