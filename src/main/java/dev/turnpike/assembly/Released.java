package dev.turnpike.assembly;

import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Problem;
import dev.turnpike.config.Setup;
import dev.turnpike.protocol.mcp.Called;
import java.util.List;

/** What a file may ask for only where it is turned on. */
final class Released {
  private Released() {}

  /** Refuses a file that asks for more. */
  static void check(Setup setup, Called called) throws ConfigRejected {
    List<Problem> problems =
        setup.upstreams().values().stream()
            .filter(upstream -> !called.permits(upstream))
            .map(upstream ->
                new Problem(
                    upstream.mark(),
                    "upstreams." + upstream.name() + ".mcp.transport",
                    "http-sse is deprecated and off; to use it all the same, set"
                        + " turnpike.mcp.http-sse=true for the process, or the flag"
                        + " upstream.mcp.http-sse on"))
            .toList();
    if (!problems.isEmpty()) {
      throw new ConfigRejected(problems);
    }
  }
}
