package dev.turnpike.protocol.mcp;

/**
 * The two ways of MCP: with {@code initialize} and sessions, or with everything in each request.
 */
public enum Era {
  LEGACY,
  MODERN
}
