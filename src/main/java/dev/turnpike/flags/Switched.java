package dev.turnpike.flags;

import java.time.Instant;
import java.util.Optional;

/**
 * What an administrator has switched.
 *
 * @param tenant for whom; empty: for all
 * @param reason in the administrator's words, at most 500 characters
 * @param by whom
 * @param expires from when on it holds no more
 */
public record Switched(
    String key,
    Optional<String> tenant,
    boolean on,
    String reason,
    String by,
    Instant since,
    Optional<Instant> expires) {
  /**
   * By whom an alpha is turned off that went wrong too often. Off by it, it is off for every
   * tenant, until an administrator clears that or switches it for all.
   */
  public static final String BREAKER = "turnpike:breaker";

  boolean holds(Instant now) {
    return expires.isEmpty() || now.isBefore(expires.get());
  }
}
