package dev.turnpike.catalog;

import java.util.List;

/**
 * What is served under one path.
 *
 * @param upstreams the names of the upstreams behind it, in the order written; at least one
 * @param anonymous whether a caller without identity is let in
 */
public record Endpoint(String name, List<String> upstreams, boolean anonymous) {
  public Endpoint {
    upstreams = List.copyOf(upstreams);
  }

  /** The only upstream, or the first. */
  public String upstream() {
    return upstreams.getFirst();
  }

  /** Whether several upstreams are served as one. */
  public boolean federated() {
    return upstreams.size() > 1;
  }
}
