package dev.turnpike.conformance;

import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.node.NodeProcess;
import dev.turnpike.testkit.node.NodeRuntime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

/** The clients get through Turnpike what they get without it. */
class TurnpikeRealClientsTest extends RealClientsSuite {
  private static final ThroughTurnpike ROADS = new ThroughTurnpike();

  private final List<AutoCloseable> started = new ArrayList<>();

  @Override
  protected String endpointUrl(Era era) {
    return ROADS.url(era);
  }

  @Override
  protected String everythingUrl() {
    NodeProcess everything = NodeRuntime.here().start("everything.mjs");
    Road road = Road.serving(Road.open("everything", everything.mcpUrl()));
    started.add(road);
    started.add(everything);
    return road.url("everything");
  }

  @AfterEach
  void endEverything() throws Exception {
    for (AutoCloseable one : started) {
      one.close();
    }
  }

  @AfterAll
  static void end() {
    ROADS.close();
  }
}
