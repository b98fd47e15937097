package dev.turnpike.conformance;

/** The two kinds of MCP revisions, by how a conversation begins. */
public enum Era {
  /** 2024-11-05 to 2025-11-25: {@code initialize} opens a session. */
  LEGACY("legacy-server.mjs"),
  /** 2026-07-28 and later: each request stands alone. */
  MODERN("modern-server.mjs");

  private final String fixture;

  Era(String fixture) {
    this.fixture = fixture;
  }

  /** The script below {@code src/test/js} that serves this era and no other. */
  public String fixture() {
    return fixture;
  }
}
