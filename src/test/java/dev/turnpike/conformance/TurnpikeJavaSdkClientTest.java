package dev.turnpike.conformance;

import org.junit.jupiter.api.AfterAll;

/** The MCP Java SDK gets through Turnpike what it gets without it. */
class TurnpikeJavaSdkClientTest extends JavaSdkClientSuite {
  private static final ThroughTurnpike ROADS = new ThroughTurnpike();

  @Override
  protected String endpointUrl(Era era) {
    return ROADS.url(era);
  }

  @AfterAll
  static void end() {
    ROADS.close();
  }
}
