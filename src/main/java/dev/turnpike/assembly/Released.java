package dev.turnpike.assembly;

import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Problem;
import dev.turnpike.config.Reach;
import dev.turnpike.config.Setup;
import dev.turnpike.exchange.Caller;
import dev.turnpike.protocol.mcp.Revisions;
import java.util.List;

/** What a file may ask for only where the process is set to serve it. */
final class Released {
  private Released() {}

  /** Refuses a file that asks for more. */
  static void check(Setup setup, Settings settings) throws ConfigRejected {
    boolean served = settings.served().serves(Revisions.HTTP_SSE, Caller.ANONYMOUS, "");
    List<Problem> problems =
        setup.upstreams().values().stream()
            .filter(upstream -> upstream.reach() instanceof Reach.Events && !served)
            .map(upstream ->
                new Problem(
                    upstream.mark(),
                    "upstreams." + upstream.name() + ".mcp.transport",
                    "http-sse is deprecated and off; to use it all the same, set"
                        + " turnpike.mcp.http-sse=true for the process"))
            .toList();
    if (!problems.isEmpty()) {
      throw new ConfigRejected(problems);
    }
  }
}
