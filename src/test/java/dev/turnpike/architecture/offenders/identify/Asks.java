package dev.turnpike.architecture.offenders.identify;

import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/** Looks up what it should have been given. */
final class Asks {
  private Asks() {}

  static Optional<String> environment() {
    return Optional.ofNullable(System.getenv("HOME"));
  }

  static Optional<String> property() {
    return Optional.ofNullable(System.getProperty("user.home"));
  }

  static Optional<String> configured() {
    return ConfigProvider.getConfig().getOptionalValue("turnpike.config", String.class);
  }
}
