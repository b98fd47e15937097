package dev.turnpike.assembly;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.PreventFurtherStepsException;

/** A start that fails for a reason which an administrator can mend. */
final class StartRefused {
  private static final int STATUS = 1;

  private StartRefused() {}

  /**
   * Ends the process with the reason on standard error and nothing else: a stack trace would bury
   * it. In development and in tests the process goes on, and shows the reason its own way.
   */
  static RuntimeException because(String reason) {
    return LaunchMode.current() == LaunchMode.NORMAL
        ? new PreventFurtherStepsException(reason, STATUS)
        : new IllegalStateException(reason);
  }
}
