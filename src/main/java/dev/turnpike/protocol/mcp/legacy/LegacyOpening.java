package dev.turnpike.protocol.mcp.legacy;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Called;
import dev.turnpike.protocol.mcp.Calls;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.Nature;
import dev.turnpike.protocol.mcp.Natures;
import dev.turnpike.protocol.mcp.Refusals;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.Splice;
import dev.turnpike.session.Sessions;
import dev.turnpike.upstream.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code initialize}: the upstream opens its session, Turnpike mints its own. */
final class LegacyOpening implements Dialogue {
  private final Asked asked;
  private String revision;
  private final Predicate<String> served;
  private final Caller caller;
  private final Endpoint endpoint;
  private final Sessions sessions;
  private final Natures natures;
  private final Call call;
  private final ModernBridge bridge;
  private @Nullable Consumer<Reply> bridged;
  private @Nullable Upstream met;

  /**
   * @param revision that is agreed on, where its upstream is called in it
   * @param served whether a revision is served to the caller
   */
  LegacyOpening(
      Asked asked,
      String revision,
      Predicate<String> served,
      Caller caller,
      Endpoint endpoint,
      Sessions sessions,
      Natures natures,
      ModernBridge bridge) {
    this.asked = asked;
    this.revision = revision;
    this.served = served;
    this.caller = caller;
    this.endpoint = endpoint;
    this.sessions = sessions;
    this.natures = natures;
    this.bridge = bridge;
    this.call = Calls.control("initialize", revision, endpoint.name());
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
    met = upstream;
    return opened(upstream)
        .exceptionallyCompose(failure -> {
          // who does not say what it is may have come to speak the caller's era
          natures.doubt(upstream);
          return natures
              .forLegacy(upstream)
              .thenCompose(nature ->
                  nature == Nature.LEGACY
                      ? agreeable(upstream)
                      : CompletableFuture.failedFuture(failure));
        });
  }

  private CompletionStage<@Nullable Void> opened(Upstream upstream) {
    return natures
        .forLegacy(upstream)
        .thenCompose(nature ->
            switch (nature) {
              case LEGACY -> agreeable(upstream);
              case MODERN, MODERN_AT_LEAST ->
                  bridge
                      .opening(upstream, asked, revision, caller, endpoint)
                      .thenAccept(answer -> bridged = answer);
            });
  }

  // a session of the caller's at an upstream of its era is in one revision on both sides
  private CompletionStage<@Nullable Void> agreeable(Upstream upstream) {
    List<String> there = natures.called().legacy(upstream.name());
    Optional<String> proposed =
        there.contains(revision)
            ? Optional.of(revision)
            : there.stream().filter(served).findFirst();
    if (proposed.isEmpty()) {
      return CompletableFuture.failedFuture(Called.off(upstream.name(), List.of(revision)));
    }
    revision = proposed.get();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Course course(Visibility visibility) {
    Consumer<Reply> answer = bridged;
    return answer == null ? new Course.Afar(Link.open(body()), false) : new Course.Home(answer);
  }

  private Payload body() {
    Splice splice = Splice.of(asked.body());
    if (!asked.text(Asked.VERSION).orElse("").equals(revision)) {
      splice.replace(asked.scan().span(Asked.VERSION), JsonText.quote(revision));
    }
    if (asked.scan().has(Asked.CAPABILITY_TASKS)) {
      splice.removeMember(asked.scan(), Asked.CAPABILITY_TASKS);
    }
    if (asked.scan().has(Asked.CAPABILITY_EXTENSIONS)) {
      splice.removeMember(asked.scan(), Asked.CAPABILITY_EXTENSIONS);
    }
    return splice.apply();
  }

  @Override
  public Answering answering(Visibility visibility, Reply reply) {
    Upstream upstream = met;
    if (upstream == null) {
      throw new IllegalStateException("the upstream has not been met");
    }
    return new OpeningAnswer(
        asked.id().orElseThrow(), endpoint, served, caller, sessions, upstream, natures, reply);
  }

  @Override
  public void refuse(Refusal reason, Reply reply) {
    Refusals.answer(reason, Era.LEGACY, asked.id(), call.method(), reply);
  }
}
