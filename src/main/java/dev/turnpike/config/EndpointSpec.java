package dev.turnpike.config;

import java.util.List;
import java.util.Optional;

/**
 * What Turnpike serves at {@code /mcp/<name>}.
 *
 * @param upstreams names of upstreams, in the order written; at least one, each once
 * @param tools which tools it shows, and how; empty: all, as they are
 * @param anonymous whether a caller without identity is let in
 */
public record EndpointSpec(
    String name, List<String> upstreams, Optional<ToolsSpec> tools, boolean anonymous, Mark mark) {
  public EndpointSpec {
    upstreams = List.copyOf(upstreams);
  }
}
