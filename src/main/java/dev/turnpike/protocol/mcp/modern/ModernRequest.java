package dev.turnpike.protocol.mcp.modern;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Verb;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Called;
import dev.turnpike.protocol.mcp.Calls;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.Method;
import dev.turnpike.protocol.mcp.Natures;
import dev.turnpike.protocol.mcp.Refusals;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.Uris;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.Span;
import dev.turnpike.rpc.Splice;
import dev.turnpike.rpc.Wanted;
import dev.turnpike.upstream.Field;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One modern request to a modern upstream: the checked bytes go on, the header fields are made
 * anew.
 */
final class ModernRequest implements Dialogue {
  private static final Wanted NOTHING = new Wanted();

  private final Inbound inbound;
  private final Asked asked;
  private final Method method;
  private final Call call;
  private final String upstreamName;
  private final Natures natures;
  private final Tools tools;
  private final Supplier<List<String>> revisions;
  private final Amendment amendment;
  private @Nullable Upstream met;
  private @Nullable Outgoing sent;

  ModernRequest(
      Inbound inbound,
      Asked asked,
      Method method,
      Call call,
      String upstreamName,
      Natures natures,
      Tools tools,
      Supplier<List<String>> revisions,
      Amendment amendment) {
    this.inbound = inbound;
    this.asked = asked;
    this.method = method;
    this.call = call;
    this.upstreamName = upstreamName;
    this.natures = natures;
    this.tools = tools;
    this.revisions = revisions;
    this.amendment = amendment;
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
    // also what belongs to this era alone comes here, whatever the upstream's is
    if (!natures.called().modern(upstream.name())) {
      return CompletableFuture.failedFuture(Called.off(upstream.name(), Revisions.MODERN_ALL));
    }
    return call.verb() == Verb.INVOKE ? mirrored(upstream) : done();
  }

  private CompletableFuture<@Nullable Void> mirrored(Upstream upstream) {
    return tools
        .listed(upstream)
        .thenCompose(_ -> {
          try {
            HeaderCheck.params(inbound.headers(), params(upstream), asked);
            return done();
          } catch (Refused refused) {
            return CompletableFuture.failedFuture(refused);
          }
        });
  }

  private List<HeaderParam> params(Upstream upstream) {
    return tools.mirrored(upstream, asked.text(Asked.NAME).orElse(""));
  }

  private static CompletableFuture<@Nullable Void> done() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Course course(Visibility visibility) {
    Outgoing outgoing =
        new Outgoing(
            "POST", fields(), amendment.body(body(visibility)), Calls.repeatable(call, met));
    sent = outgoing;
    return new Course.Afar(outgoing, method.name().equals("subscriptions/listen"));
  }

  private Payload body(Visibility visibility) {
    Scan scan = asked.scan();
    if (!scan.has(Asked.META_EXTENSIONS) && !scan.has(Asked.FILTER)) {
      return asked.body();
    }
    Splice splice = Splice.of(asked.body());
    // extensions run in the experimental lane, and this is the stable one
    splice.removeMember(scan, Asked.META_EXTENSIONS);
    splice.removeMember(scan, Asked.FILTER_TASKS);
    if (scan.type(Asked.FILTER_URIS) == JsonType.ARRAY) {
      subscribable(scan, visibility, splice);
    }
    return splice.apply();
  }

  // an upstream is not asked to watch what the caller may not see
  private static void subscribable(Scan scan, Visibility visibility, Splice splice) {
    List<Scan> uris = JsonScanner.elements(scan.part(Asked.FILTER_URIS), NOTHING);
    List<Span> kept =
        uris.stream()
            .filter(uri ->
                uri.type() == JsonType.STRING && shown(visibility, JsonText.decode(uri.payload())))
            .map(uri -> uri.spanIn(scan.payload()))
            .toList();
    if (kept.size() < uris.size()) {
      splice.keepElements(scan.span(Asked.FILTER_URIS), kept);
    }
  }

  private static boolean shown(Visibility visibility, String uri) {
    return Uris.plain(uri) && visibility.shows(new Target(Target.Kind.RESOURCE, uri));
  }

  private List<Field> fields() {
    Upstream upstream = met;
    List<HeaderParam> mirrored =
        upstream != null && call.verb() == Verb.INVOKE ? params(upstream) : List.of();
    List<Field> fields = ToUpstream.fields(asked, method, call.arguments(), mirrored);
    // what we know no argument for is the upstream's to check: an intermediary passes it on
    for (String name : inbound.headers().startingWith(Words.HEADER_PARAM)) {
      if (call.verb() == Verb.INVOKE
          && mirrored.stream().noneMatch(param -> param.field().equals(name))) {
        inbound.headers().all(name).forEach(value -> fields.add(new Field(name, value)));
      }
    }
    fields.addAll(amendment.fields());
    return fields;
  }

  @Override
  public Answering answering(Visibility visibility, Reply reply) {
    Upstream upstream = met;
    if (upstream == null) {
      throw new IllegalStateException("the upstream has not been met");
    }
    return new ModernAnswering(
        asked.id().orElseThrow(),
        method,
        upstream,
        natures,
        tools,
        revisions,
        visibility,
        Optional.ofNullable(sent),
        amendment,
        reply);
  }

  @Override
  public void refuse(Refusal reason, Reply reply) {
    Refusals.answer(reason, Era.MODERN, asked.id(), method.name(), reply);
  }
}
