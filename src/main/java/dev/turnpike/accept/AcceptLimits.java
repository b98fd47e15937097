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
 * @param room what all callers together may take
 */
public record AcceptLimits(
    int body,
    Duration headTime,
    Duration bodyTime,
    Duration stalled,
    int queued,
    Duration keepAlive,
    Room room) {
  public static final AcceptLimits DEFAULT =
      new AcceptLimits(
          4 * 1024 * 1024,
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          8 * 1024 * 1024,
          Duration.ofSeconds(15),
          new Room(
              20_000,
              Runtime.getRuntime().maxMemory() / 4,
              Duration.ofMillis(20),
              Duration.ofMillis(100)));

  /**
   * What all callers together may take.
   *
   * @param exchanges under way at once, streams included
   * @param bodies bytes of the bodies of all exchanges under way
   * @param lateness of an event loop that has more to do than it can; what comes later than that is
   *     turned away, once it has gone on for {@code lateFor}
   */
  public record Room(int exchanges, long bodies, Duration lateness, Duration lateFor) {}
}
