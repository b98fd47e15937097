package dev.turnpike.testkit;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** The server of {@code stdio/server.sh}, as a child of this process. */
public final class Program {
  private static final String SCRIPT = "stdio/server.sh";

  private Program() {}

  /** How it is started, as it stands in {@code turnpike.yaml}. */
  public static String command(String mode) {
    return "[sh, \"" + path() + "\", " + mode + "]";
  }

  private static Path path() {
    try {
      return Path.of(
          Objects.requireNonNull(Program.class.getClassLoader().getResource(SCRIPT)).toURI());
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Those that run in that mode now, as children of this process. */
  public static Stream<ProcessHandle> running(String mode) {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .filter(child ->
            child
                .info()
                .arguments()
                .map(given ->
                    given.length >= 2 && given[0].endsWith(SCRIPT) && given[1].equals(mode))
                .orElse(false));
  }
}
