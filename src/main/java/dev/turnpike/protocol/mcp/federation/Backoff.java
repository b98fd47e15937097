package dev.turnpike.protocol.mcp.federation;

import java.time.Duration;

/** How long to leave an upstream alone that could not be listened to. */
final class Backoff {
  private static final long FIRST_MILLIS = 500;
  private static final long LONGEST_MILLIS = 30_000;

  private Backoff() {}

  /**
   * @param failures before this one
   */
  static Duration after(int failures) {
    return Duration.ofMillis(Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(6, failures)));
  }
}
