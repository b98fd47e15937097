package dev.turnpike.catalog;

import dev.turnpike.config.ToolsSpec;
import dev.turnpike.config.Wire;
import java.util.List;
import java.util.Optional;

/**
 * What is served under one path.
 *
 * @param wire the protocol that it is served in
 * @param upstreams the names of the upstreams behind it, in the order written; at least one
 * @param tools which tools it shows, and how; empty: all, as they are
 * @param anonymous whether a caller without identity is let in
 * @param scopes that rules ask for here, each once, in the order written
 */
public record Endpoint(
    String name,
    Wire wire,
    List<String> upstreams,
    Optional<ToolsSpec> tools,
    boolean anonymous,
    List<String> scopes) {
  public Endpoint {
    upstreams = List.copyOf(upstreams);
    scopes = List.copyOf(scopes);
  }

  /** Where it is served. */
  public String path() {
    return "/" + wire.word() + "/" + name;
  }

  /** The only upstream, or the first. */
  public String upstream() {
    return upstreams.getFirst();
  }

  /** Whether several upstreams are served as one, so that names say whose they are. */
  public boolean several() {
    return upstreams.size() > 1;
  }

  /** Whether its lists are made here, of what upstreams list. */
  public boolean federated() {
    return several() || tools.isPresent();
  }
}
