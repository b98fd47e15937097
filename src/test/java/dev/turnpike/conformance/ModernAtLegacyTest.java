package dev.turnpike.conformance;

import dev.turnpike.testkit.Road;
import dev.turnpike.testkit.node.NeedsPeers;
import dev.turnpike.testkit.node.NodeProcess;
import dev.turnpike.testkit.node.NodeRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Clients of 2026-07-28 before a server that has sessions and nothing newer. */
@NeedsPeers
class ModernAtLegacyTest {
  private static final ThroughTurnpike ROADS = new ThroughTurnpike();
  private static final ExpectedFailures EXPECTED = ExpectedFailures.of("modern-at-legacy");

  @TempDir Path output;

  @TestFactory
  Stream<DynamicTest> meetsTheRequirementsOf20260728() throws IOException {
    return new ConformanceRun(ROADS.url(Era.LEGACY), output, EXPECTED)
        .requirements("2026-07-28", 37);
  }

  @TestFactory
  Stream<DynamicTest> servesTheNpmClient() {
    return RealClientsSuite.steps("client-modern.mjs", ROADS.url(Era.LEGACY), "legacy");
  }

  @TestFactory
  Stream<DynamicTest> servesTheInspector() {
    return RealClientsSuite.steps("inspector.mjs", ROADS.url(Era.LEGACY), "modern");
  }

  @TestFactory
  Stream<DynamicTest> servesTheNpmClientBeforeServerEverything() {
    try (NodeProcess everything = NodeRuntime.here().start("everything.mjs");
        Road road = Road.serving(Road.open("everything", everything.mcpUrl()))) {
      return RealClientsSuite.steps("client-modern-everything.mjs", road.url("everything"));
    }
  }

  @AfterAll
  static void end() {
    ROADS.close();
  }
}
