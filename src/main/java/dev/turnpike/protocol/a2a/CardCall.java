package dev.turnpike.protocol.a2a;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Lane;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Verb;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.a2a.agent.Agent;
import dev.turnpike.protocol.a2a.agent.Agents;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One answer with the public card of an agent (A2A 1.0, sections 8.2 and 8.6). */
final class CardCall implements Dialogue {
  private final Inbound inbound;
  private final List<String> versions;
  private final Endpoint endpoint;
  private final Agents agents;
  private final String publicUrl;
  private @Nullable Agent met;

  /**
   * @param versions that the card is to name, the preferred one first
   */
  CardCall(
      Inbound inbound, List<String> versions, Endpoint endpoint, Agents agents, String publicUrl) {
    this.inbound = inbound;
    this.versions = versions;
    this.endpoint = endpoint;
    this.agents = agents;
    this.publicUrl = publicUrl;
  }

  @Override
  public Call call() {
    return new Call(
        "a2a",
        Version.CURRENT,
        endpoint.name(),
        Verb.CONTROL,
        "card",
        Optional.empty(),
        Optional.empty(),
        Lane.STABLE);
  }

  @Override
  public String upstream() {
    return endpoint.upstream();
  }

  @Override
  public CompletionStage<?> meet(Upstream upstream) {
    return agents.of(upstream).thenAccept(agent -> met = agent);
  }

  @Override
  public Course course(Visibility visibility) {
    Agent agent = met;
    if (agent == null) {
      throw new IllegalStateException("the agent has not been met");
    }
    return new Course.Home(
        reply -> answer(ShownCard.of(agent, versions, endpoint, publicUrl), reply));
  }

  private void answer(ShownCard card, Reply reply) {
    reply.header("ETag", card.etag());
    reply.header("Cache-Control", "public, max-age=60");
    // the door says Origin alone where a browser asks
    reply.header("Vary", "A2A-Version, Origin");
    if (inbound.headers().all("if-none-match").stream().anyMatch(card::isNamedIn)) {
      reply.answer(304);
    } else {
      reply.answer(200, Refusals.JSON, Payload.of(card.json()));
    }
  }

  @Override
  public Answering answering(Visibility visibility, Reply reply) {
    throw new IllegalStateException("no upstream is asked");
  }

  @Override
  public void refuse(Refusal reason, Reply reply) {
    Refusals.answer(reason, Optional.empty(), reply);
  }
}
