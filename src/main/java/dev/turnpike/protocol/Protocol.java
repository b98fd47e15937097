package dev.turnpike.protocol;

import dev.turnpike.catalog.Endpoints;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import java.util.Optional;

/** One wire protocol. All that the gateway knows of it is in its package. */
public interface Protocol {
  /** Its name, as in {@code mcp}. */
  String id();

  /** Whether this request speaks this protocol, judged by its path. */
  boolean claims(Inbound inbound, Endpoints endpoints);

  /** The parts of a request that holds several, each to be served as a request of its own. */
  default Optional<Batch> split(Inbound inbound, Caller caller, Endpoints endpoints, Reply reply)
      throws Refused {
    return Optional.empty();
  }

  /** Reads a request that it claims. */
  Dialogue read(Inbound inbound, Caller caller, Endpoints endpoints) throws Refused;

  /** Says no to a request that could not be read, in the words of this protocol. */
  void refuse(Refusal reason, Inbound inbound, Reply reply);
}
