package dev.turnpike.testkit.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The Node that {@code npm ci} puts below {@code src/test/js}, and the scripts beside it.
 *
 * @param folder where {@code package.json}, the scripts and {@code node_modules} are
 */
public record NodeRuntime(Path folder) {
  private static final Duration INSTALLING = Duration.ofMinutes(10);

  /** The one of this source tree, whether installed or not. */
  public static NodeRuntime here() {
    return new NodeRuntime(
        Path.of(System.getProperty("basedir", ""), "src", "test", "js").toAbsolutePath());
  }

  /**
   * Whether missing peers are to be installed rather than missed: in CI, or where a developer says
   * so by {@code -Dturnpike.peers=true}.
   */
  public static boolean isAskedFor() {
    return "true".equals(System.getenv("CI")) || Boolean.getBoolean("turnpike.peers");
  }

  /** Whether both the binary and the packages are there. npm writes the second file last. */
  public boolean isReady() {
    return Files.isExecutable(binary())
        && Files.isRegularFile(folder.resolve("node_modules/.package-lock.json"));
  }

  /**
   * Runs {@code npm ci}; needs an npm of any age on the search path.
   *
   * @throws IllegalStateException if npm is missing, fails, or leaves no Node behind
   */
  public void install() {
    Finished npm;
    try {
      npm =
          NodeProcess.finish(
              folder, INSTALLING, Map.of(), List.of("npm", "ci", "--no-audit", "--no-fund"));
    } catch (UncheckedIOException noNpm) {
      throw new IllegalStateException("npm is needed to install the peers in " + folder, noNpm);
    }
    if (npm.status() != 0 || !isReady()) {
      throw new IllegalStateException("npm ci in " + folder + " failed: " + npm);
    }
  }

  /**
   * Runs a script to its end.
   *
   * @param limit how long it may take; after that it is ended and the test fails
   * @param script a path below {@link #folder()}
   */
  public Finished run(Duration limit, String script, List<String> arguments) {
    return NodeProcess.finish(folder, limit, Map.of(), command(script, arguments));
  }

  /**
   * Starts a script that serves, and waits until it says {@code listening <port>}.
   *
   * @param script a path below {@link #folder()}
   */
  public NodeProcess start(String script, String... arguments) {
    try {
      return NodeProcess.start(folder, Map.of("PORT", "0"), command(script, List.of(arguments)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command line of a script without arguments, for a program that runs it. */
  public String command(String script) {
    return String.join(" ", command(script, List.of()));
  }

  /** A script with arguments, as {@code command} of {@code turnpike.yaml} wants it. */
  public String listed(String script, String... arguments) {
    return command(script, List.of(arguments)).stream()
        .map(word -> '"' + word + '"')
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private List<String> command(String script, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(binary().toString());
    command.add(folder.resolve(script).toString());
    command.addAll(arguments);
    return command;
  }

  private Path binary() {
    return folder.resolve("node_modules/node/bin/node");
  }
}
