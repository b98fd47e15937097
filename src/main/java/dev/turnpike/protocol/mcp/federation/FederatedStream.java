package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.Nature;
import dev.turnpike.protocol.mcp.Natures;
import dev.turnpike.protocol.mcp.Refusals;
import dev.turnpike.protocol.mcp.bridge.pool.Bus;
import dev.turnpike.protocol.mcp.bridge.pool.Notice;
import dev.turnpike.protocol.mcp.bridge.pool.OutsideStream;
import dev.turnpike.protocol.mcp.bridge.tomodern.ToModern;
import dev.turnpike.session.Conversation;
import dev.turnpike.session.Session;
import dev.turnpike.upstream.Upstream;
import dev.turnpike.upstream.Upstreams;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A GET of a legacy session at an endpoint with several upstreams: what any of them says. */
final class FederatedStream implements Dialogue {
  private final Call call;
  private final Endpoint endpoint;
  private final Session session;
  private final Conversation kept;
  private final Natures natures;
  private final ToModern toModern;
  private final SessionWatches watches;
  private final Arrivals arrivals;
  private final List<Upstream> all = new ArrayList<>();

  FederatedStream(
      Call call,
      Endpoint endpoint,
      Session session,
      Conversation kept,
      Natures natures,
      ToModern toModern,
      SessionWatches watches,
      Arrivals arrivals) {
    this.arrivals = arrivals;
    this.call = call;
    this.endpoint = endpoint;
    this.session = session;
    this.kept = kept;
    this.natures = natures;
    this.toModern = toModern;
    this.watches = watches;
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
  public CompletionStage<Upstream> find(Upstreams upstreams) {
    endpoint.upstreams().forEach(name -> all.add(upstreams.named(name)));
    return CompletableFuture.completedFuture(all.getFirst());
  }

  @Override
  public CompletionStage<?> meet(Upstream upstream) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Course course(Visibility visibility) {
    return OutsideStream.of(
        session,
        () -> {
          all.forEach(this::await);
          all.forEach(upstream -> begin(upstream, visibility, 0));
        });
  }

  /** One for each session, however often its stream is opened. */
  private record Heard(Session session) implements Bus.Listener {
    @Override
    public void heard(String name, Optional<String> uri) {
      session.outside().publish(Notice.of(name, uri));
    }
  }

  private void await(Upstream upstream) {
    Bus.Listener listener = new Heard(session);
    if (arrivals.add(upstream, listener)) {
      kept.atEnd(() -> arrivals.remove(upstream, listener));
    }
  }

  // one that cannot be listened to now is no reason to keep the others from the caller
  private void begin(Upstream upstream, Visibility visibility, int failures) {
    natures
        .of(upstream)
        .thenCompose(nature -> {
          if (nature == Nature.LEGACY) {
            return watches.of(session, kept, upstream.name()).begin(upstream, visibility);
          }
          toModern.listen(session, kept, upstream, visibility);
          return CompletableFuture.completedFuture(null);
        })
        .exceptionally(_ -> {
          if (!session.ended()) {
            upstream.later(
                Backoff.after(failures), () -> begin(upstream, visibility, failures + 1));
          }
          return null;
        });
  }

  @Override
  public Answering answering(Visibility visibility, Reply reply) {
    throw new IllegalStateException("the stream is Turnpike's own");
  }

  @Override
  public void refuse(Refusal reason, Reply reply) {
    Refusals.answer(reason, Era.LEGACY, Optional.empty(), "", reply);
  }
}
