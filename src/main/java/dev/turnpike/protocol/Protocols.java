package dev.turnpike.protocol;

import dev.turnpike.catalog.Endpoints;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Chooses the protocol of a request. Stable protocols choose first, so no alpha can take a request
 * from one.
 */
public final class Protocols {
  private final List<Protocol> stable;
  private final List<Alpha> alphas;
  private final BiPredicate<String, Caller> flags;

  /**
   * @param flags whether the flag of that key is on for the caller
   */
  public Protocols(List<Protocol> all, BiPredicate<String, Caller> flags) {
    this.stable = all.stream().filter(p -> !(p instanceof Alpha)).toList();
    this.alphas = all.stream().filter(Alpha.class::isInstance).map(Alpha.class::cast).toList();
    this.flags = flags;
  }

  public Protocol claim(Inbound inbound, Caller caller, Endpoints endpoints) throws Refused {
    for (Protocol protocol : stable) {
      if (protocol.claims(inbound, endpoints)) {
        return protocol;
      }
    }
    for (Alpha alpha : alphas) {
      if (flags.test(alpha.flag(), caller) && alpha.claims(inbound, endpoints)) {
        return alpha;
      }
    }
    throw new Refused(new Refusal.NoSuchEndpoint());
  }
}
