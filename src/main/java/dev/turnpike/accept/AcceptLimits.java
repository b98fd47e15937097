package dev.turnpike.accept;

import java.time.Duration;

/**
 * What one caller may take of the socket side.
 *
 * @param body bytes of a request's body ({@code turnpike.limits.body})
 * @param headTime from the first byte of a head, or from the connect, to the end of the head
 * @param bodyTime from the head to the last byte of the body
 * @param stalled how long a caller may leave a full stream unread before it is dropped
 * @param queued bytes waiting for one caller before it is dropped
 * @param keepAlive silence on a stream after which a comment is sent
 */
public record AcceptLimits(
    int body,
    Duration headTime,
    Duration bodyTime,
    Duration stalled,
    int queued,
    Duration keepAlive) {
  public static final AcceptLimits DEFAULT =
      new AcceptLimits(
          4 * 1024 * 1024,
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          8 * 1024 * 1024,
          Duration.ofSeconds(15));
}
