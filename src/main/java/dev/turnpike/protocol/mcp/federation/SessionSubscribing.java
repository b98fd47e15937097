package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.McpErrors;
import dev.turnpike.protocol.mcp.Said;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.upstream.Upstream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code resources/subscribe} and its opposite at one of several legacy upstreams. */
final class SessionSubscribing extends AtHome {
  private final SessionWatch watch;
  private final String shown;
  private final boolean wanted;
  private @Nullable Upstream met;

  SessionSubscribing(
      Asked asked, Call call, String upstream, String shown, SessionWatch watch, boolean wanted) {
    super(asked, call, Era.LEGACY, upstream);
    this.watch = watch;
    this.shown = shown;
    this.wanted = wanted;
  }

  @Override
  public CompletionStage<?> meet(Upstream upstream) {
    met = upstream;
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Course course(Visibility visibility) {
    Upstream upstream = met;
    if (upstream == null) {
      throw new IllegalStateException("the upstream has not been met");
    }
    String uri = asked().text(Asked.URI).orElse("");
    CompletableFuture<Boolean> done;
    if (wanted) {
      done = watch.add(uri, shown, upstream, visibility);
    } else {
      watch.remove(uri);
      done = CompletableFuture.completedFuture(true);
    }
    return new Course.Awaited(done.thenApply(taken -> reply -> answer(reply, taken)));
  }

  private void answer(Reply reply, boolean taken) {
    reply.answer(
        200,
        Words.JSON,
        taken
            ? asked().emptyResult()
            : Said.error(
                asked().id().orElseThrow(),
                McpErrors.INTERNAL,
                "The server does not tell of changes to this resource"));
  }
}
