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
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.Span;
import dev.turnpike.rpc.Splice;
import dev.turnpike.rpc.Wanted;
import dev.turnpike.upstream.Field;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
  private @Nullable Upstream met;

  ModernRequest(
      Inbound inbound,
      Asked asked,
      Method method,
      Call call,
      String upstreamName,
      Natures natures,
      Tools tools) {
    this.inbound = inbound;
    this.asked = asked;
    this.method = method;
    this.call = call;
    this.upstreamName = upstreamName;
    this.natures = natures;
    this.tools = tools;
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
    return natures
        .of(upstream)
        .thenCompose(nature ->
            switch (nature) {
              case LEGACY ->
                  CompletableFuture.failedFuture(
                      Modern.unsupported(Revisions.MODERN, Revisions.LEGACY_ALL));
              case MODERN, MODERN_AT_LEAST ->
                  call.verb() == Verb.INVOKE ? mirrored(upstream) : done();
            });
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
    return new Course.Afar(
        new Outgoing("POST", fields(), body(visibility), repeatable()),
        method.name().equals("subscriptions/listen"));
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
    List<Field> fields = new ArrayList<>(8);
    fields.add(new Field("content-type", Words.JSON));
    fields.add(new Field("accept", Words.JSON_OR_EVENTS));
    fields.add(new Field(Words.HEADER_VERSION, Revisions.MODERN));
    fields.add(new Field(Words.HEADER_METHOD, method.name()));
    HeaderCheck.mirroredName(asked, method.name())
        .ifPresent(name -> fields.add(new Field(Words.HEADER_NAME, HeaderText.encode(name))));
    Upstream upstream = met;
    if (upstream != null && call.verb() == Verb.INVOKE) {
      mirror(params(upstream), fields);
    }
    return fields;
  }

  private void mirror(List<HeaderParam> mirrored, List<Field> fields) {
    if (!mirrored.isEmpty()) {
      Object arguments = call.arguments().<Object>map(JsonValue::read).orElse(JsonValue.NULL);
      for (HeaderParam param : mirrored) {
        param
            .in(arguments)
            .ifPresent(v -> fields.add(new Field(param.field(), HeaderCheck.written(v))));
      }
    }
    // what we know no argument for is the upstream's to check: an intermediary passes it on
    for (String name : inbound.headers().startingWith(Words.HEADER_PARAM)) {
      if (mirrored.stream().noneMatch(param -> param.field().equals(name))) {
        inbound.headers().all(name).forEach(value -> fields.add(new Field(name, value)));
      }
    }
  }

  private boolean repeatable() {
    Upstream upstream = met;
    return switch (call.verb()) {
      case DISCOVER, READ -> true;
      case CONTROL -> method.name().equals("server/discover");
      case SUBSCRIBE -> false;
      case INVOKE ->
          upstream != null
              && upstream.spec().idempotent().stream()
                  .anyMatch(p -> p.covers(call.target().map(Target::name).orElse("")));
    };
  }

  @Override
  public Answering answering(Visibility visibility, Reply reply) {
    Upstream upstream = met;
    if (upstream == null) {
      throw new IllegalStateException("the upstream has not been met");
    }
    return new ModernAnswering(
        asked.id().orElseThrow(), method, upstream, natures, tools, visibility, reply);
  }

  @Override
  public void refuse(Refusal reason, Reply reply) {
    Refusals.answer(reason, Era.MODERN, asked.id(), method.name(), reply);
  }
}
