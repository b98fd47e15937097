package dev.turnpike.session;

import java.time.Duration;

/**
 * What is kept of one stream ({@code turnpike.limits.replay}).
 *
 * @param bytes of payload, besides the newest event
 */
public record ReplayLimits(int events, long bytes, Duration age) {
  public static final ReplayLimits DEFAULT =
      new ReplayLimits(256, 4L * 1024 * 1024, Duration.ofSeconds(60));
}
