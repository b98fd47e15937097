package dev.turnpike.conformance;

import org.junit.jupiter.api.AfterAll;

/**
 * The official suite through Turnpike: a legacy upstream for legacy clients, a modern one for
 * modern clients.
 */
class TurnpikeConformanceTest extends ConformanceSuite {
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
