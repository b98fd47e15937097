package dev.turnpike.protocol.mcp.legacy;

import dev.turnpike.protocol.Resumption;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How to come back to an upstream that closed a connection before the answer was whole (2025-11-25,
 * "SSE polling"): with the id of the last event, after the time that it asked for. Gives up when it
 * keeps closing and says nothing.
 */
public final class Resume {
  private static final int MAX_IN_VAIN = 10;
  private static final long DEFAULT_MILLIS = 1_000;
  private static final long MAX_MILLIS = 60_000;

  private final Link link;
  private String lastEventId = "";
  private long afterMillis = DEFAULT_MILLIS;
  private int inVain;

  public Resume(Link link) {
    this.link = link;
  }

  /** A message came, with this id or without one. */
  public void seen(String eventId) {
    inVain = 0;
    if (!eventId.isEmpty()) {
      lastEventId = eventId;
    }
  }

  public void primed(String eventId, OptionalLong retryMillis) {
    if (!eventId.isEmpty()) {
      lastEventId = eventId;
    }
    retryMillis.ifPresent(millis -> afterMillis = Math.min(Math.max(0, millis), MAX_MILLIS));
  }

  /**
   * The next try; empty where the upstream gave nothing to come back with, or was asked often
   * enough.
   */
  public Optional<Resumption> next() {
    if (lastEventId.isEmpty() || ++inVain > MAX_IN_VAIN) {
      return Optional.empty();
    }
    return Optional.of(new Resumption(link.resume(lastEventId), Duration.ofMillis(afterMillis)));
  }
}
