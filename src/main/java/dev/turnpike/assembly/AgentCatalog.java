package dev.turnpike.assembly;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.a2a.Operation;
import dev.turnpike.protocol.a2a.agent.Agents;
import dev.turnpike.protocol.mcp.federation.EndpointCatalog;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Upstream;
import dev.turnpike.upstream.Upstreams;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/**
 * What there is to call at an endpoint with an agent: its operations, which are always the same.
 */
final class AgentCatalog {
  private static final String ERA = "a2a";

  private AgentCatalog() {}

  /** Asks for the card, where it is not known; never fails. */
  static CompletableFuture<EndpointCatalog> of(
      Endpoint endpoint, Upstreams upstreams, Agents agents) {
    Upstream upstream = upstreams.named(endpoint.upstream());
    return agents
        .of(upstream)
        .handle((agent, failure) ->
            new EndpointCatalog(
                endpoint.name(),
                endpoint.wire().word(),
                List.of(
                    new EndpointCatalog.Source(
                        upstream.name(),
                        agent == null ? "" : ERA,
                        agent == null ? trouble(failure) : "",
                        "",
                        0)),
                agent == null ? List.of() : targets(upstream)));
  }

  private static List<EndpointCatalog.Target> targets(Upstream upstream) {
    return Stream.of(Operation.values())
        .filter(Operation::served)
        .map(operation ->
            new EndpointCatalog.Target(
                "operation",
                operation.method(),
                upstream.name(),
                operation.method(),
                Payload.of("{}")))
        .toList();
  }

  private static String trouble(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof Refused refused
        ? switch (refused.reason()) {
          case Refusal.UpstreamUnavailable(_, var reason, _) -> reason;
          case Refusal.UpstreamTimedOut(_, var reason) -> reason;
          case Refusal.UpstreamShed(_, var reason) -> reason;
          default -> "cannot be called";
        }
        : "cannot be called";
  }
}
