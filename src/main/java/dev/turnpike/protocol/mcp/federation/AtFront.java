package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.upstream.Upstream;
import dev.turnpike.upstream.Upstreams;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A request that is answered with what the endpoint shows now. */
abstract class AtFront extends AtHome {
  private final Endpoint endpoint;
  private final Showing showing;
  private @Nullable Merged shown;

  AtFront(Asked asked, Call call, Era era, Endpoint endpoint, Showing showing) {
    super(asked, call, era, endpoint.upstream());
    this.endpoint = endpoint;
    this.showing = showing;
  }

  final Endpoint endpoint() {
    return endpoint;
  }

  final Showing showing() {
    return showing;
  }

  @Override
  public CompletionStage<Upstream> find(Upstreams upstreams) {
    return showing
        .front()
        .now(endpoint, upstreams, showing.profile())
        .thenApply(merged -> {
          shown = merged;
          return upstreams.named(endpoint.upstream());
        });
  }

  /** Something else than what is shown now. */
  final void shown(Merged earlier) {
    shown = earlier;
  }

  @Override
  public final Course course(Visibility visibility) {
    Merged merged = shown;
    if (merged == null) {
      throw new IllegalStateException("nothing was found");
    }
    return course(merged, visibility);
  }

  /** The answer, made of this. */
  abstract Course course(Merged merged, Visibility visibility);
}
