package dev.turnpike.assembly;

import io.quarkus.runtime.configuration.ConfigurationException;

/** A start that fails for a reason which an administrator can mend. */
final class StartRefused {
  private StartRefused() {}

  /**
   * Ends the start with exit status 1 and the reason on standard error. A cause or a stack would
   * bury it: Quarkus prints the message of this kind of exception alone, and only where it is the
   * root.
   */
  static RuntimeException because(String reason) {
    return new ConfigurationException(reason);
  }
}
