package dev.turnpike.config;

import java.util.List;
import java.util.Optional;

/**
 * What Turnpike serves at {@code /mcp/<name>} or {@code /a2a/<name>}.
 *
 * @param wire the protocol that it is served in; that of its upstreams
 * @param upstreams names of upstreams, in the order written; at least one, each once; of agents one
 * @param tools which tools it shows, and how; empty: all, as they are
 * @param anonymous whether a caller without identity is let in
 */
public record EndpointSpec(
    String name,
    Wire wire,
    List<String> upstreams,
    Optional<ToolsSpec> tools,
    boolean anonymous,
    Mark mark) {
  /** In MCP. */
  public EndpointSpec(
      String name,
      List<String> upstreams,
      Optional<ToolsSpec> tools,
      boolean anonymous,
      Mark mark) {
    this(name, Wire.MCP, upstreams, tools, anonymous, mark);
  }

  public EndpointSpec {
    upstreams = List.copyOf(upstreams);
  }

  /** Where it is served. */
  public String path() {
    return "/" + wire.word() + "/" + name;
  }
}
