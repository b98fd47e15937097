package dev.turnpike.protocol.alpha.toy;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Lane;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Verb;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Upstream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One echo. */
record Echo(Endpoint endpoint, Payload body) implements Dialogue {
  @Override
  public Call call() {
    return new Call(
        "toy",
        "0",
        endpoint.name(),
        Verb.INVOKE,
        "echo",
        Optional.of(new Target(Target.Kind.TOOL, "echo")),
        Optional.empty(),
        Lane.EXPERIMENTAL);
  }

  @Override
  public String upstream() {
    return endpoint.upstream();
  }

  @Override
  public CompletionStage<?> meet(Upstream upstream) {
    return CompletableFuture.completedFuture(upstream);
  }

  @Override
  public Course course(Visibility visibility) {
    return new Course.Home(reply -> reply.answer(200, "text/plain", body));
  }

  @Override
  public Answering answering(Visibility visibility, Reply reply) {
    throw new IllegalStateException("an echo comes from home");
  }

  @Override
  public void refuse(Refusal reason, Reply reply) {
    ToyErrors.answer(reason, reply);
  }
}
