package dev.turnpike.assembly;

import dev.turnpike.exchange.ExchangeListener;
import dev.turnpike.protocol.mcp.federation.FederationListener;
import dev.turnpike.upstream.program.ProgramListener;

/**
 * Who hears what the gateway does.
 *
 * @param federated hears of upstreams that come and go behind endpoints with several
 */
public record Hearing(
    ExchangeListener exchanges, FederationListener federated, ProgramListener programs) {
  /** Of exchanges alone. */
  public static Hearing of(ExchangeListener exchanges) {
    return new Hearing(exchanges, FederationListener.NOOP, ProgramListener.NOOP);
  }
}
