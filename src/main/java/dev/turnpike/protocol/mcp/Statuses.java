package dev.turnpike.protocol.mcp;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;

/** Which HTTP statuses of an upstream say something in MCP, whatever its era. */
public final class Statuses {
  private Statuses() {}

  /**
   * Refuses an answer of which only the status can be believed: credentials, limits and failures of
   * the hop to the upstream, and redirects, which are not followed.
   */
  public static void judge(int status, String upstream) throws Refused {
    if (status == 401 || status == 403 || status == 429 || status >= 500 || status / 100 == 3) {
      throw new Refused(
          new Refusal.UpstreamUnavailable(upstream, "answered with status " + status));
    }
  }
}
