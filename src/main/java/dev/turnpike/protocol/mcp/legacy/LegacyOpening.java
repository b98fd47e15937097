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
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code initialize}: the upstream opens its session, Turnpike mints its own. */
final class LegacyOpening implements Dialogue {
  private final Asked asked;
  private final String revision;
  private final Caller caller;
  private final Endpoint endpoint;
  private final Sessions sessions;
  private final Natures natures;
  private final Call call;
  private @Nullable Nature nature;
  private @Nullable Upstream met;

  LegacyOpening(
      Asked asked,
      String revision,
      Caller caller,
      Endpoint endpoint,
      Sessions sessions,
      Natures natures) {
    this.asked = asked;
    this.revision = revision;
    this.caller = caller;
    this.endpoint = endpoint;
    this.sessions = sessions;
    this.natures = natures;
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
    return ToUpstream.legacy(upstream, natures).thenAccept(found -> nature = found);
  }

  @Override
  public Course course(Visibility visibility) {
    return new Course.Afar(ToUpstream.open(body()), false);
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
        asked.id().orElseThrow(),
        endpoint,
        caller,
        sessions,
        nature == Nature.MODERN_AT_LEAST,
        upstream,
        natures,
        reply);
  }

  @Override
  public void refuse(Refusal reason, Reply reply) {
    Refusals.answer(reason, Era.LEGACY, asked.id(), call.method(), reply);
  }
}
