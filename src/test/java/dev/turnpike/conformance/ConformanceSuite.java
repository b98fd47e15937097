package dev.turnpike.conformance;

import dev.turnpike.testkit.node.NeedsPeers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official conformance suite without expected failures, against a fixture of the same era. The
 * suite runs once for each revision.
 */
@NeedsPeers
public abstract class ConformanceSuite {
  @TempDir Path output;

  /**
   * Where the fixture of this era is served: without identity, with names and addresses as they
   * are, and with calls of unlisted tools allowed. The host must be {@code localhost}: one scenario
   * turns on its name.
   */
  protected abstract String endpointUrl(Era era);

  @TestFactory
  Stream<DynamicTest> meetsTheRequirementsOf20251125() throws IOException {
    return run(Era.LEGACY).requirements("2025-11-25", 30);
  }

  @TestFactory
  Stream<DynamicTest> meetsTheRequirementsOf20260728() throws IOException {
    return run(Era.MODERN).requirements("2026-07-28", 37);
  }

  /** No requirements are published for this revision: all scenarios that apply to it. */
  @TestFactory
  Stream<DynamicTest> passesAllThatAppliesTo20250618() throws IOException {
    return run(Era.LEGACY).all("2025-06-18", 27);
  }

  private ConformanceRun run(Era era) {
    return new ConformanceRun(endpointUrl(era), output, ExpectedFailures.NONE);
  }
}
