package dev.turnpike.protocol.mcp.modern;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Natures;
import dev.turnpike.upstream.Upstream;
import java.util.concurrent.CompletionStage;

/**
 * A request whose upstream's era is not known yet: once the upstream is met, the request goes on in
 * that era.
 */
public final class EitherEra implements Dialogue {
  private final Natures natures;
  private final Dialogue legacy;
  private Dialogue chosen;

  /**
   * @param modern what it is at a modern upstream
   * @param legacy what it is at a legacy one
   */
  public EitherEra(Natures natures, Dialogue modern, Dialogue legacy) {
    this.natures = natures;
    this.chosen = modern;
    this.legacy = legacy;
  }

  @Override
  public Call call() {
    return chosen.call();
  }

  @Override
  public String upstream() {
    return chosen.upstream();
  }

  @Override
  public CompletionStage<?> meet(Upstream upstream) {
    return natures
        .of(upstream)
        .thenCompose(nature -> {
          switch (nature) {
            case LEGACY -> chosen = legacy;
            case MODERN, MODERN_AT_LEAST -> {}
          }
          return chosen.meet(upstream).thenApply(_ -> nature);
        });
  }

  @Override
  public boolean continues() {
    return chosen.continues();
  }

  @Override
  public Course course(Visibility visibility) {
    return chosen.course(visibility);
  }

  @Override
  public Answering answering(Visibility visibility, Reply reply) {
    return chosen.answering(visibility, reply);
  }

  @Override
  public void refuse(Refusal reason, Reply reply) {
    chosen.refuse(reason, reply);
  }
}
