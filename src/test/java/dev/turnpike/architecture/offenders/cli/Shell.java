package dev.turnpike.architecture.offenders.cli;

import java.util.Optional;

/** May do it: it reads the environment that it was called in. */
final class Shell {
  private Shell() {}

  static Optional<String> home() {
    return Optional.ofNullable(System.getenv("HOME"));
  }
}
