package dev.turnpike.protocol.a2a;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Lane;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.a2a.agent.Agent;
import dev.turnpike.protocol.a2a.agent.Agents;
import dev.turnpike.upstream.Field;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One operation of a caller's on an agent, in JSON-RPC to JSON-RPC. */
final class AgentCall implements Dialogue {
  // each exchange with the agent has one request, so that one id is as good as another
  private static final String ID = "1";

  private final Dialect dialect;
  private final Envelope envelope;
  private final Request request;
  private final Endpoint endpoint;
  private final Agents agents;
  private final Ownership ownership;
  private final Call call;
  private @Nullable Agent met;

  AgentCall(
      Dialect dialect,
      Envelope envelope,
      Request request,
      Endpoint endpoint,
      Agents agents,
      Ownership ownership) {
    this.dialect = dialect;
    this.envelope = envelope;
    this.request = request;
    this.endpoint = endpoint;
    this.agents = agents;
    this.ownership = ownership;
    Operation operation = request.operation();
    this.call =
        new Call(
            "a2a",
            dialect.version(),
            endpoint.name(),
            operation.verb(),
            operation.method(),
            Optional.of(new Target(Target.Kind.OPERATION, operation.method())),
            Optional.empty(),
            Optional.of(request.said()),
            Lane.STABLE);
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
    try {
      ownership.check(request);
    } catch (Refused notTheirs) {
      return CompletableFuture.failedFuture(notTheirs);
    }
    return agents.of(upstream).thenAccept(agent -> met = agent);
  }

  @Override
  public Course course(Visibility visibility) {
    if (!ownership.takes(request)) {
      return new Course.Home(reply -> refuse(Ownership.NOT_FOUND, reply));
    }
    Agent agent = met();
    Operation operation = request.operation();
    Outgoing outgoing =
        new Outgoing(
            "POST",
            List.of(
                new Field("content-type", Refusals.JSON),
                new Field(
                    "accept",
                    operation.streams()
                        ? "text/event-stream, application/json"
                        : "application/json"),
                new Field("a2a-version", Version.CURRENT)),
            request.body(ID, agent.tenant()),
            operation.verb() == dev.turnpike.exchange.Verb.READ,
            Optional.empty(),
            Optional.of(agent.address()));
    // a stream of a message is a call that goes on to its end; one that only watches can be left
    return new Course.Afar(outgoing, operation == Operation.SUBSCRIBE_TO_TASK);
  }

  private Agent met() {
    Agent agent = met;
    if (agent == null) {
      throw new IllegalStateException("the agent has not been met");
    }
    return agent;
  }

  @Override
  public Answering answering(Visibility visibility, Reply reply) {
    return new AgentAnswering(
        dialect, request, ownership, envelope.id(), ID, endpoint.upstream(), reply);
  }

  @Override
  public void refuse(Refusal reason, Reply reply) {
    // who may not ask for a task is told no more than that there is none
    boolean ofTask =
        reason instanceof Refusal.NoSuchTarget
            && !request.operation().says()
            && request.task().isPresent();
    Refusals.answer(ofTask ? Ownership.NOT_FOUND : reason, Optional.of(envelope.id()), reply);
  }
}
