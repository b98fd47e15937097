package dev.turnpike.cli;

import dev.turnpike.config.ConfigRejected;
import java.nio.file.Path;
import java.util.List;

/** Judges a {@code turnpike.yaml} as a start would, without serving it. */
@FunctionalInterface
public interface Checker {
  /**
   * @return lines that say what would be served
   */
  List<String> check(Path file) throws ConfigRejected;
}
