package dev.turnpike.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.node.Finished;
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

/**
 * Runs of the official suite against one endpoint, as one test for each scenario. A scenario passes
 * if each of its checks succeeded; a warning or a skipped check is a failure. One that is expected
 * to fail must fail.
 *
 * @param url of the endpoint; its host must be {@code localhost}: one scenario turns on its name
 * @param output folder for what the suite writes
 */
record ConformanceRun(String url, Path output, ExpectedFailures expected) {
  private static final String CLI = "node_modules/@modelcontextprotocol/conformance/dist/index.js";
  private static final Duration LIMIT = Duration.ofMinutes(4);

  /** What conformance to the revision means, and what is run beside it. */
  Stream<DynamicTest> requirements(String revision, int scored) throws IOException {
    Requirements demanded = Requirements.read(NodeRuntime.here().folder(), revision);
    Map<String, List<Check>> run = run("--requirements", revision);
    var tests = new ArrayList<DynamicTest>();
    tests.add(count(revision + ": scored scenarios", demanded.scored().size(), scored));
    demanded.scored().forEach(scenario -> tests.add(test(scenario, scenario, run)));
    demanded
        .others()
        .forEach(scenario -> tests.add(test(scenario + " (not scored)", scenario, run)));
    return tests.stream();
  }

  /** All scenarios that apply to a revision for which no requirements are published. */
  Stream<DynamicTest> all(String revision, int scenarios) throws IOException {
    Map<String, List<Check>> run = run("--suite", "all", "--spec-version", revision);
    return Stream.concat(
        Stream.of(count(revision + ": scenarios run", run.size(), scenarios)),
        new TreeSet<>(run.keySet()).stream().map(scenario -> test(scenario, scenario, run)));
  }

  private Map<String, List<Check>> run(String... selection) throws IOException {
    Path folder = Files.createTempDirectory(output, "run");
    var arguments = new ArrayList<>(List.of("server", "--url", url));
    arguments.addAll(Arrays.asList(selection));
    arguments.addAll(List.of("-o", folder.toString()));
    // Its exit status says no more than the verdicts do, and fails for extensions too.
    Finished suite = NodeRuntime.here().run(LIMIT, CLI, arguments);
    Map<String, List<Check>> verdicts = Check.readAll(folder);
    assertThat(verdicts).as(() -> "the suite ran: " + suite).isNotEmpty();
    return verdicts;
  }

  private DynamicTest test(String name, String scenario, Map<String, List<Check>> run) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          List<Check> checks = run.getOrDefault(scenario, List.of());
          assertThat(checks).as("checks of " + scenario).isNotEmpty();
          List<Check> failed = checks.stream().filter(check -> !check.passes()).toList();
          if (expected.names(scenario)) {
            assertThat(failed).as(scenario + " is expected to fail, and passes").isNotEmpty();
          } else {
            assertThat(failed).as(scenario).isEmpty();
          }
        });
  }

  private static DynamicTest count(String what, int seen, int wanted) {
    return DynamicTest.dynamicTest(
        what + ": " + wanted, () -> assertThat(seen).as(what).isEqualTo(wanted));
  }
}
