package dev.turnpike.protocol.resource;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.catalog.Endpoints;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.identify.Issuer;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.Protocol;
import dev.turnpike.rpc.Payload;
import java.util.List;
import java.util.Optional;

/** The metadata of every endpoint, for whoever asks. */
public final class ProtectedResources implements Protocol {
  private final Issuer issuer;

  public ProtectedResources(Issuer issuer) {
    this.issuer = issuer;
  }

  @Override
  public String id() {
    return "oauth";
  }

  @Override
  public boolean claims(Inbound inbound, Endpoints endpoints) {
    return endpoint(inbound, endpoints).isPresent();
  }

  private static Optional<Endpoint> endpoint(Inbound inbound, Endpoints endpoints) {
    return inbound.path().startsWith(Issuer.METADATA + "/")
        ? endpoints.at(inbound.path().substring(Issuer.METADATA.length()))
        : Optional.empty();
  }

  @Override
  public Dialogue read(Inbound inbound, Caller caller, Endpoints endpoints) throws Refused {
    if (!inbound.method().equals("GET")) {
      throw new Refused(new Refusal.MethodNotAllowed(List.of("GET")));
    }
    Endpoint endpoint =
        endpoint(inbound, endpoints).orElseThrow(() -> new Refused(new Refusal.NoSuchEndpoint()));
    return new Metadata(endpoint, issuer);
  }

  @Override
  public void refuse(Refusal reason, Inbound inbound, Reply reply) {
    refuse(reason, reply);
  }

  static void refuse(Refusal reason, Reply reply) {
    if (reason instanceof Refusal.MethodNotAllowed(var allowed)) {
      reply.header("Allow", String.join(", ", allowed));
      reply.answer(405);
    } else {
      reply.answer(404, "text/plain; charset=utf-8", Payload.of("Nothing is served here.\n"));
    }
  }
}
