package dev.turnpike.flags;

import java.time.Duration;
import java.util.Optional;

/**
 * What an alpha may take of its lane, as its flag's file says.
 *
 * @param concurrency calls under way at once
 * @param queue calls that wait for a place; more are turned away
 * @param tokenShare of each budget that applies, from 0 to 0.05
 * @param time from admission to the end of the answer
 * @param bytes of a request's body
 * @param depth of a request's JSON
 * @param errorRate of the last calls, from 0 to 1, at which the alpha is turned off
 * @param p99 at which the alpha is turned off, where one is set
 */
public record LaneLimits(
    int concurrency,
    int queue,
    double tokenShare,
    Duration time,
    int bytes,
    int depth,
    double errorRate,
    Optional<Duration> p99) {
  // these take a connection and some memory, and no worker
  private static final int WAITING = 16;

  /** Calls at once that wait for somebody else, and streams that only stand open. */
  public int waiting() {
    return WAITING * concurrency;
  }
}
