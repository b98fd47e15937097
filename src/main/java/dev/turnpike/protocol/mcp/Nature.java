package dev.turnpike.protocol.mcp;

/** What an upstream speaks. */
public enum Nature {
  /** Revisions with {@code initialize} only. */
  LEGACY,
  /** 2026-07-28 only, because the administrator says so. */
  MODERN,
  /** 2026-07-28, as it said itself; perhaps older revisions too. */
  MODERN_AT_LEAST
}
