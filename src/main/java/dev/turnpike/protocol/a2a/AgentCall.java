package dev.turnpike.protocol.a2a;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Lane;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Verb;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.a2a.agent.Agent;
import dev.turnpike.protocol.a2a.agent.Agents;
import dev.turnpike.protocol.a2a.tree.Misshapen;
import dev.turnpike.protocol.a2a.v03.OldAgent;
import dev.turnpike.upstream.Field;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One operation of a caller's on an agent, in JSON-RPC to JSON-RPC. */
final class AgentCall implements Dialogue {
  // each exchange with the agent has one request, so that one id is as good as another
  private static final String ID = "1";

  private static final Map<String, AgentDialect> AGENTS =
      Stream.of(new CurrentAgent(), new OldAgent())
          .collect(Collectors.toUnmodifiableMap(AgentDialect::version, one -> one));

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
    return agents.of(upstream).thenCompose(this::met);
  }

  private CompletionStage<?> met(Agent agent) {
    met = agent;
    return spoken(agent).method(request.operation()).isPresent()
        ? CompletableFuture.completedFuture(agent)
        : CompletableFuture.failedFuture(
            new Refused(
                new Refusal.ProtocolRule(
                    200,
                    A2aErrors.UNSUPPORTED_OPERATION,
                    "The agent speaks A2A " + agent.version() + ", which has no such operation")));
  }

  private static AgentDialect spoken(Agent agent) {
    return Objects.requireNonNull(AGENTS.get(agent.version()));
  }

  @Override
  public Course course(Visibility visibility) {
    if (!ownership.takes(request)) {
      return new Course.Home(reply -> refuse(Ownership.NOT_FOUND, reply));
    }
    try {
      // a stream of a message is a call that goes on to its end; one that only watches can be left
      return new Course.Afar(outgoing(met()), request.operation() == Operation.SUBSCRIBE_TO_TASK);
    } catch (Misshapen misshapen) {
      Refusal unsayable =
          new Refusal.ProtocolRule(
              200, A2aErrors.INVALID_PARAMS, "Invalid params: " + misshapen.reason());
      return new Course.Home(reply -> refuse(unsayable, reply));
    }
  }

  private Outgoing outgoing(Agent agent) throws Misshapen {
    Operation operation = request.operation();
    List<Field> fields = new ArrayList<>();
    fields.add(new Field("content-type", Refusals.JSON));
    fields.add(
        new Field(
            "accept",
            operation.streams() ? "text/event-stream, application/json" : "application/json"));
    if (agent.version().equals(Version.CURRENT)) {
      fields.add(new Field("a2a-version", Version.CURRENT));
    }
    return new Outgoing(
        "POST",
        fields,
        request.body(spoken(agent), ID, agent.tenant()),
        operation.verb() == Verb.READ,
        Optional.empty(),
        Optional.of(agent.address()));
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
        dialect, spoken(met()), request, ownership, envelope.id(), ID, endpoint.upstream(), reply);
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
