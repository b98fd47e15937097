package dev.turnpike.conformance;

import org.junit.jupiter.api.AfterAll;

/** The MCP Java SDK, which knows the legacy eras only, before a server of 2026-07-28 alone. */
class JavaSdkAtModernTest extends JavaSdkClientSuite {
  private static final ThroughTurnpike ROADS = new ThroughTurnpike();

  @Override
  protected String endpointUrl(Era era) {
    return ROADS.url(Era.MODERN);
  }

  @AfterAll
  static void end() {
    ROADS.close();
  }
}
