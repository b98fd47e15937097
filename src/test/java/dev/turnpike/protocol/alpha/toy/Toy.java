package dev.turnpike.protocol.alpha.toy;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.catalog.Endpoints;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.protocol.Alpha;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.Signs;
import java.util.List;
import java.util.Optional;

/** Answers what it is sent, to who may call the tool {@code echo}. */
public final class Toy implements Alpha {
  private static final String PREFIX = "/toy/";

  @Override
  public String id() {
    return "toy";
  }

  @Override
  public Signs signs() {
    return Signs.below(PREFIX);
  }

  @Override
  public boolean claims(Inbound inbound, Endpoints endpoints) {
    return endpoint(inbound, endpoints).isPresent();
  }

  @Override
  public Dialogue read(Inbound inbound, Caller caller, Endpoints endpoints) throws Refused {
    if (!inbound.method().equals("POST")) {
      throw new Refused(new Refusal.MethodNotAllowed(List.of("POST")));
    }
    if (inbound.body().size() == 0) {
      throw new Refused(new Refusal.Malformed("there is nothing to echo"));
    }
    Endpoint endpoint =
        endpoint(inbound, endpoints).orElseThrow(() -> new Refused(new Refusal.NoSuchEndpoint()));
    return new Echo(endpoint, inbound.body());
  }

  @Override
  public void refuse(Refusal reason, Inbound inbound, Reply reply) {
    ToyErrors.answer(reason, reply);
  }

  private static Optional<Endpoint> endpoint(Inbound inbound, Endpoints endpoints) {
    if (!inbound.path().startsWith(PREFIX)) {
      return Optional.empty();
    }
    return endpoints.at("/mcp/" + inbound.path().substring(PREFIX.length()));
  }
}
