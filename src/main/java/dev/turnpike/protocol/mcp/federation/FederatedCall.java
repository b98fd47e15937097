package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.config.ToolsSpec;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.Method;
import dev.turnpike.protocol.mcp.Refusals;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.Wanted.Member;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Upstream;
import dev.turnpike.upstream.Upstreams;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A request that is aimed at something: it goes to the one upstream whose that is, under the name
 * that it has there. The rules judge the name that it has here.
 */
final class FederatedCall implements Dialogue {
  /** What a request becomes where it goes. */
  @FunctionalInterface
  interface Onward {
    Dialogue to(Asked renamed, Call call, String upstream) throws Refused;
  }

  private final Asked asked;
  private final Call call;
  private final Method method;
  private final Era era;
  private final Endpoint endpoint;
  private final Showing showing;
  private final Onward onward;
  private @Nullable Dialogue inner;
  private Optional<Target> wrapped = Optional.empty();
  private Optional<ToolsSpec.Edit> edit = Optional.empty();
  private ShownUris uris = ShownUris.NONE;

  FederatedCall(
      Asked asked,
      Call call,
      Method method,
      Era era,
      Endpoint endpoint,
      Showing showing,
      Onward onward) {
    this.asked = asked;
    this.call = call;
    this.method = method;
    this.era = era;
    this.endpoint = endpoint;
    this.showing = showing;
    this.onward = onward;
  }

  @Override
  public Call call() {
    return call;
  }

  @Override
  public String upstream() {
    return endpoint.upstream();
  }

  @Override
  public CompletionStage<?> meet(Upstream upstream) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Upstream> find(Upstreams upstreams) {
    Optional<Merged> last = showing.front().last(endpoint, showing.profile());
    Optional<Entry> known = last.flatMap(this::owner);
    if (known.isPresent()) {
      return go(known.get(), last.get(), upstreams);
    }
    return showing
        .front()
        .now(endpoint, upstreams, showing.profile())
        .thenCompose(merged ->
            owner(merged)
                .map(entry -> go(entry, merged, upstreams))
                .orElseGet(() ->
                    CompletableFuture.failedFuture(
                        new Refused(new Refusal.NoSuchTarget(target())))));
  }

  private Target target() {
    return call.target().orElseThrow();
  }

  private Optional<Entry> owner(Merged merged) {
    return switch (method.aim()) {
      case NOTHING -> Optional.empty();
      case TOOL -> merged.named(ListKind.TOOLS, target().name());
      case PROMPT -> merged.named(ListKind.PROMPTS, target().name());
      case RESOURCE -> merged.owner(target().name());
      case REFERENCE ->
          target().kind() == Target.Kind.PROMPT
              ? merged.named(ListKind.PROMPTS, target().name())
              : merged
                  .named(ListKind.TEMPLATES, target().name())
                  .or(() -> merged.owner(target().name()));
    };
  }

  private CompletionStage<Upstream> go(Entry entry, Merged merged, Upstreams upstreams) {
    uris = merged.shownUris(entry.upstream());
    edit = entry.edit();
    Upstream owner = upstreams.named(entry.upstream());
    String name = nameThere(entry);
    if (method.aim() == Method.Aim.RESOURCE && !name.equals(target().name())) {
      uris = uris.with(name, target().name());
    }
    if (!entry.kind().renamed() && !name.equals(target().name())) {
      wrapped = Optional.of(new Target(Target.Kind.RESOURCE, name));
    }
    try {
      Dialogue made =
          onward.to(
              name.equals(target().name()) ? asked : asked.with(named(), JsonText.quote(name)),
              call.aimedAt(new Target(target().kind(), name), call.arguments()),
              entry.upstream());
      inner = made;
      return made.meet(owner).thenApply(_ -> owner);
    } catch (Refused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private String nameThere(Entry entry) {
    return switch (entry.kind()) {
      case TOOLS, PROMPTS, RESOURCES -> entry.name();
      // only what was wrapped is unwrapped: another's URI may begin so, too
      case TEMPLATES ->
          entry.wrapped()
              ? Wrapped.inside(entry.upstream(), target().name()).orElse(target().name())
              : target().name();
    };
  }

  private Member named() {
    return switch (method.aim()) {
      case TOOL, PROMPT, NOTHING -> Asked.NAME;
      case RESOURCE -> Asked.URI;
      case REFERENCE -> target().kind() == Target.Kind.PROMPT ? Asked.REF_NAME : Asked.REF_URI;
    };
  }

  private Dialogue found() {
    Dialogue found = inner;
    if (found == null) {
      throw new IllegalStateException("nothing was found");
    }
    return found;
  }

  /** A rule over the URI that a resource has there holds under whatever URI it is shown. */
  @Override
  public Optional<Target> alias() {
    return wrapped;
  }

  @Override
  public boolean continues() {
    return found().continues();
  }

  @Override
  public Course course(Visibility visibility) {
    Course course = found().course(visibility);
    return course instanceof Course.Afar(var outgoing, var standing) && edit.isPresent()
        ? new Course.Afar(edited(outgoing, edit.get()), standing)
        : course;
  }

  private static Outgoing edited(Outgoing outgoing, ToolsSpec.Edit edit) {
    return new Outgoing(
        outgoing.method(),
        outgoing.fields(),
        outgoing.body(),
        edit.idempotent().orElse(outgoing.repeatable()),
        edit.timeout());
  }

  @Override
  public Answering answering(Visibility visibility, Reply reply) {
    Answering answering = found().answering(visibility, reply);
    return uris.isEmpty() ? answering : new ShownAnswering(answering, uris);
  }

  @Override
  public void refuse(Refusal reason, Reply reply) {
    Dialogue found = inner;
    if (found == null) {
      Refusals.answer(reason, era, asked.id(), call.method(), reply);
    } else {
      found.refuse(reason, reply);
    }
  }
}
