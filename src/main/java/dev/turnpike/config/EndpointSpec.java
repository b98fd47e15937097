package dev.turnpike.config;

import java.util.List;

/**
 * What Turnpike serves at {@code /mcp/<name>}.
 *
 * @param upstreams names of upstreams, in the order written; at least one, each once
 * @param anonymous whether a caller without identity is let in
 */
public record EndpointSpec(String name, List<String> upstreams, boolean anonymous, Mark mark) {
  public EndpointSpec {
    upstreams = List.copyOf(upstreams);
  }
}
