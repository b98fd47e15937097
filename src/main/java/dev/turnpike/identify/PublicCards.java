package dev.turnpike.identify;

/** Where the cards of agents are, which are told to anybody (A2A 1.0, section 8.2). */
public final class PublicCards {
  /** Below the path of an agent. */
  public static final String SUFFIX = "/.well-known/agent-card.json";

  /** The same, before 0.3. */
  public static final String OLD_SUFFIX = "/.well-known/agent.json";

  private static final String AGENTS = "/a2a/";

  private PublicCards() {}

  /** Whether the path is that of a card: exactly, for an endpoint of any name. */
  static boolean at(String path) {
    int end = path.startsWith(AGENTS) ? path.indexOf('/', AGENTS.length()) : -1;
    String below = end < 0 ? "" : path.substring(end);
    return below.equals(SUFFIX) || below.equals(OLD_SUFFIX);
  }
}
