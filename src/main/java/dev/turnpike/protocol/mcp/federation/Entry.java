package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.exchange.Target;
import dev.turnpike.rpc.Payload;

/**
 * One thing that the endpoint shows.
 *
 * @param upstream whose it is
 * @param name what it is called there
 * @param shown what it is called here
 * @param definition as this endpoint's lists have it
 */
record Entry(ListKind kind, String upstream, String name, String shown, Payload definition) {
  Target target() {
    return new Target(kind.listing().kind(), shown);
  }
}
