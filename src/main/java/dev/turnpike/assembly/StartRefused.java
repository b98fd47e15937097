package dev.turnpike.assembly;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.function.Supplier;

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

  /** What it gives; where a setting keeps it from that, the start ends with the reason. */
  static <T> T unlessUsable(Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException unusable) {
      throw because(String.valueOf(unusable.getMessage()));
    }
  }
}
