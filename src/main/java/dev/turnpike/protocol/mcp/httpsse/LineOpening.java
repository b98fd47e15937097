package dev.turnpike.protocol.mcp.httpsse;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Calls;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.Refusals;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.upstream.Upstream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The GET that opens a stream, and is answered as long as that is open. */
final class LineOpening implements Dialogue {
  private final String path;
  private final Caller caller;
  private final Endpoint endpoint;
  private final Lines lines;
  private final Call call;
  private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
  private @Nullable Line line;

  LineOpening(String path, Caller caller, Endpoint endpoint, Lines lines) {
    this.path = path;
    this.caller = caller;
    this.endpoint = endpoint;
    this.lines = lines;
    this.call = Calls.control("stream", Revisions.BATCHING, endpoint.name());
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
  public Course course(Visibility visibility) {
    return new Course.Held(this::begin, over, this::retire);
  }

  private void begin(Reply reply) {
    reply.onGone(this::end);
    Line opened = lines.begin(path, caller, reply);
    line = opened;
    // also where Turnpike itself has nothing more to say on it
    opened.onGone(over, () -> over.complete(null));
    if (over.isDone()) {
      // the caller has left already
      end();
    }
  }

  private void retire() {
    Line open = line;
    if (open != null) {
      open.close();
    }
    end();
  }

  private void end() {
    Line open = line;
    if (open != null) {
      open.leave();
    }
    over.complete(null);
  }

  @Override
  public Answering answering(Visibility visibility, Reply reply) {
    throw new IllegalStateException("no upstream is asked");
  }

  @Override
  public void refuse(Refusal reason, Reply reply) {
    Refusals.answer(reason, Era.LEGACY, Optional.empty(), call.method(), reply);
  }
}
