package dev.turnpike.protocol.mcp.duplex;

import dev.turnpike.exchange.Headers;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Receiver;
import dev.turnpike.upstream.Transport;
import dev.turnpike.upstream.UpstreamFailed;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An answer that is nothing but a status, or a try that could not even begin. */
final class Plain implements Transport.Try, Answered {
  private final int status;
  private final CompletableFuture<Answered> head;
  private final boolean reached;

  private Plain(int status, CompletableFuture<Answered> head, boolean reached) {
    this.status = status;
    this.head = head;
    this.reached = reached;
  }

  /** Answered with that status, and no message. */
  static Plain of(int status) {
    CompletableFuture<Answered> head = new CompletableFuture<>();
    Plain plain = new Plain(status, head, true);
    head.complete(plain);
    return plain;
  }

  /** Not begun. */
  static Plain failed(UpstreamFailed why) {
    return new Plain(
        0,
        CompletableFuture.failedFuture(why),
        why.kind() != UpstreamFailed.Kind.UNREACHABLE && why.kind() != UpstreamFailed.Kind.SHED);
  }

  @Override
  public CompletionStage<Answered> answered() {
    return head;
  }

  @Override
  public boolean transmitted() {
    return reached;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public Headers headers() {
    return _ -> List.of();
  }

  @Override
  public boolean events() {
    return false;
  }

  @Override
  public void read(Receiver receiver) {
    receiver.ended();
  }

  @Override
  public void pause() {}

  @Override
  public void resume() {}

  @Override
  public void finish() {}

  @Override
  public void cancel() {}
}
