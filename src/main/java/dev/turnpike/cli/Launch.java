package dev.turnpike.cli;

import java.nio.file.Path;
import java.util.Optional;

/** Serves, until the process is told to end. */
@FunctionalInterface
public interface Launch {
  /**
   * @return the exit status
   */
  int serve(Options options);

  /**
   * What was asked for on the command line.
   *
   * @param config a {@code turnpike.yaml} that takes the place of {@code TURNPIKE_CONFIG}
   * @param demo whether the demo servers are started too
   */
  record Options(Optional<Path> config, boolean demo) {}
}
