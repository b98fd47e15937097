package dev.turnpike.identify;

import dev.turnpike.catalog.Endpoints;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;

/**
 * Finds out who is calling. No source of identity is connected yet, so every caller is anonymous,
 * and gets in only where the endpoint says so.
 */
public final class Identifier {
  public Caller identify(Inbound inbound, Endpoints endpoints) throws Refused {
    var endpoint = endpoints.at(inbound.path());
    // a path that is not served is refused by the next step, and tells a stranger no more than that
    if (endpoint.isPresent() && !endpoint.get().anonymous()) {
      throw new Refused(new Refusal.Unauthenticated());
    }
    return Caller.ANONYMOUS;
  }
}
