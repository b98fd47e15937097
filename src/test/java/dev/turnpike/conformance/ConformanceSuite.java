package dev.turnpike.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.node.Finished;
import dev.turnpike.testkit.node.NeedsPeers;
import dev.turnpike.testkit.node.NodeRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official conformance suite, one test for each scenario. A scenario passes if each of its
 * checks succeeded: there are no expected failures, and a warning or a skipped check is a failure.
 * The suite runs once for each revision.
 */
@NeedsPeers
public abstract class ConformanceSuite {
  private static final String CLI = "node_modules/@modelcontextprotocol/conformance/dist/index.js";
  private static final Duration LIMIT = Duration.ofMinutes(4);

  @TempDir Path output;

  /**
   * Where the fixture of this era is served: without identity, with names and addresses as they
   * are, and with calls of unlisted tools allowed. The host must be {@code localhost}: one scenario
   * turns on its name.
   */
  protected abstract String endpointUrl(Era era);

  @TestFactory
  Stream<DynamicTest> meetsTheRequirementsOf20251125() throws IOException {
    return requirements(Era.LEGACY, "2025-11-25", 30);
  }

  @TestFactory
  Stream<DynamicTest> meetsTheRequirementsOf20260728() throws IOException {
    return requirements(Era.MODERN, "2026-07-28", 37);
  }

  /** No requirements are published for this revision: all scenarios that apply to it. */
  @TestFactory
  Stream<DynamicTest> passesAllThatAppliesTo20250618() throws IOException {
    Map<String, List<Check>> run =
        run(Era.LEGACY, "--suite", "all", "--spec-version", "2025-06-18");
    return Stream.concat(
        Stream.of(count("2025-06-18: scenarios run", run.size(), 27)),
        new TreeSet<>(run.keySet()).stream().map(scenario -> test(scenario, run)));
  }

  private Stream<DynamicTest> requirements(Era era, String revision, int scored)
      throws IOException {
    Requirements demanded = Requirements.read(NodeRuntime.here().folder(), revision);
    Map<String, List<Check>> run = run(era, "--requirements", revision);
    var tests = new ArrayList<DynamicTest>();
    tests.add(count(revision + ": scored scenarios", demanded.scored().size(), scored));
    demanded.scored().forEach(scenario -> tests.add(test(scenario, run)));
    demanded
        .others()
        .forEach(scenario -> tests.add(test(scenario + " (not scored)", scenario, run)));
    return tests.stream();
  }

  private Map<String, List<Check>> run(Era era, String... selection) throws IOException {
    Path folder = Files.createTempDirectory(output, "run");
    var arguments = new ArrayList<>(List.of("server", "--url", endpointUrl(era)));
    arguments.addAll(Arrays.asList(selection));
    arguments.addAll(List.of("-o", folder.toString()));
    // Its exit status says no more than the verdicts do, and fails for extensions too.
    Finished suite = NodeRuntime.here().run(LIMIT, CLI, arguments);
    Map<String, List<Check>> verdicts = Check.readAll(folder);
    assertThat(verdicts).as(() -> "the suite ran: " + suite).isNotEmpty();
    return verdicts;
  }

  private static DynamicTest test(String scenario, Map<String, List<Check>> run) {
    return test(scenario, scenario, run);
  }

  private static DynamicTest test(String name, String scenario, Map<String, List<Check>> run) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          List<Check> checks = run.getOrDefault(scenario, List.of());
          assertThat(checks).as("checks of " + scenario).isNotEmpty();
          assertThat(checks.stream().filter(check -> !check.passes())).as(scenario).isEmpty();
        });
  }

  private static DynamicTest count(String what, int seen, int expected) {
    return DynamicTest.dynamicTest(
        what + ": " + expected, () -> assertThat(seen).as(what).isEqualTo(expected));
  }
}
