package dev.turnpike.protocol.alpha.tasks;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.upstream.Upstream;
import java.util.concurrent.CompletionStage;

/**
 * A further round of a call that was paid for when its task began, as the seal has shown.
 *
 * @param counted whether the result was counted before
 */
record Continued(Dialogue round, boolean counted) implements Dialogue {
  @Override
  public Call call() {
    return round.call();
  }

  @Override
  public String upstream() {
    return round.upstream();
  }

  @Override
  public CompletionStage<?> meet(Upstream upstream) {
    return round.meet(upstream);
  }

  @Override
  public boolean continues() {
    return true;
  }

  @Override
  public Course course(Visibility visibility) {
    return round.course(visibility);
  }

  @Override
  public Answering answering(Visibility visibility, Reply reply) {
    return round.answering(visibility, counted ? reply.uncounted() : reply);
  }

  @Override
  public void refuse(Refusal reason, Reply reply) {
    round.refuse(reason, reply);
  }
}
