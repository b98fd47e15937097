package dev.turnpike.conformance;

import dev.turnpike.testkit.node.NeedsPeers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Clients of the legacy eras before a server that speaks 2026-07-28 and nothing else. */
@NeedsPeers
class LegacyAtModernTest {
  private static final ThroughTurnpike ROADS = new ThroughTurnpike();
  private static final ExpectedFailures EXPECTED = ExpectedFailures.of("legacy-at-modern");

  @TempDir Path output;

  private ConformanceRun run() {
    return new ConformanceRun(ROADS.url(Era.MODERN), output, EXPECTED);
  }

  @TestFactory
  Stream<DynamicTest> meetsTheRequirementsOf20251125() throws IOException {
    return run().requirements("2025-11-25", 30);
  }

  @TestFactory
  Stream<DynamicTest> passesWhatAppliesTo20250618() throws IOException {
    return run().all("2025-06-18", 27);
  }

  @TestFactory
  Stream<DynamicTest> servesTheNpmClient() {
    return RealClientsSuite.steps("client-legacy.mjs", ROADS.url(Era.MODERN), "modern");
  }

  @TestFactory
  Stream<DynamicTest> servesTheInspector() {
    return RealClientsSuite.steps("inspector.mjs", ROADS.url(Era.MODERN), "legacy");
  }

  @AfterAll
  static void end() {
    ROADS.close();
  }
}
