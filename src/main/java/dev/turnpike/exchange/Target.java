package dev.turnpike.exchange;

/**
 * What a call is aimed at: a tool, prompt or resource of an MCP server, a skill or operation of an
 * agent.
 */
public record Target(Kind kind, String name) {
  /** The kinds of target, named as the words of {@code allow}, {@code deny} and {@code match}. */
  public enum Kind {
    TOOL,
    PROMPT,
    /** Its name is a URI. */
    RESOURCE,
    SKILL,
    OPERATION
  }
}
