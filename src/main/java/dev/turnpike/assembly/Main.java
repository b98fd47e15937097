package dev.turnpike.assembly;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.turnpike.accept.Newcomers;
import dev.turnpike.authorize.Policy;
import dev.turnpike.budget.Budgets;
import dev.turnpike.budget.Till;
import dev.turnpike.cli.Commands;
import dev.turnpike.cli.Launch;
import dev.turnpike.config.ConfigFile;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Problem;
import dev.turnpike.config.Setup;
import dev.turnpike.config.SetupText;
import dev.turnpike.tokens.Estimator;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where the process begins: the command line first, and Quarkus only if it is to serve. */
@QuarkusMain
public final class Main {
  Main() {}

  public static void main(String... arguments) {
    int status =
        new Commands(Main::check, Main::serve, new SecureRandom())
            .run(
                arguments,
                new PrintWriter(System.out, true, UTF_8),
                new PrintWriter(System.err, true, UTF_8));
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Reads and compiles the file as a start does, and opens nothing. */
  static List<String> check(Path file) throws ConfigRejected {
    Setup setup = new ConfigFile(file, System::getenv).read();
    List<Problem> problems = new ArrayList<>();
    try {
      Policy.compile(setup.rules());
    } catch (ConfigRejected rejected) {
      problems.addAll(rejected.problems());
    }
    try {
      Budgets.compile(
          setup.budgets(),
          setup.prices(),
          Budgets.NONE,
          Till.inMemory(),
          new Estimator(),
          System::nanoTime,
          InstantSource.system());
    } catch (ConfigRejected rejected) {
      problems.addAll(rejected.problems());
    }
    if (!problems.isEmpty()) {
      throw new ConfigRejected(problems);
    }
    return Stream.concat(SetupText.describe(setup).stream(), Remarks.on(setup, oldTransport()))
        .toList();
  }

  private static boolean oldTransport() {
    String set = System.getProperty("turnpike.mcp.http-sse");
    return Boolean.parseBoolean(set == null ? System.getenv("TURNPIKE_MCP_HTTP_SSE") : set);
  }

  private static int serve(Launch.Options options) {
    options.config().ifPresent(file -> System.setProperty("turnpike.config", file.toString()));
    if (options.demo()) {
      System.setProperty("turnpike.demo", "true");
    }
    Newcomers.enable();
    // Quarkus would answer a path that cannot be decoded by itself, without a line
    System.setProperty("vertx.disableURIValidation", "true");
    Quarkus.run();
    return 0;
  }
}
