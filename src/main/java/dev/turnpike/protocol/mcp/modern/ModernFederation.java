package dev.turnpike.protocol.mcp.modern;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Method;
import java.util.Set;

/** What serves several upstreams to modern callers as if they were one. */
public interface ModernFederation {
  /** What a request becomes at one of the upstreams, whatever era that has. */
  @FunctionalInterface
  interface Onward {
    /**
     * @param asked under the names that the upstream has
     * @param call likewise
     */
    Dialogue to(Asked asked, Call call, String upstream);
  }

  Dialogue request(
      Asked asked, Method method, Call call, Caller caller, Endpoint endpoint, Onward onward)
      throws Refused;

  /**
   * {@code server/discover}, with those of the extensions that the upstreams have.
   *
   * @param extensions their identifiers
   */
  Dialogue discovery(Asked asked, Call call, Endpoint endpoint, Set<String> extensions)
      throws Refused;
}
