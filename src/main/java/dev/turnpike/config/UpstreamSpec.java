package dev.turnpike.config;

import java.time.Duration;
import java.util.List;

/**
 * A server or an agent that Turnpike calls.
 *
 * @param reach how it is reached
 * @param timeout to the first byte of an answer
 * @param idleTimeout between two bytes of a stream that has begun
 * @param concurrency exchanges at once, streams included
 * @param idempotent patterns of tools that may be called again after a failure
 */
public record UpstreamSpec(
    String name,
    Reach reach,
    RevisionPin revision,
    Duration timeout,
    Duration idleTimeout,
    int concurrency,
    List<NamePattern> idempotent,
    Mark mark) {
  public UpstreamSpec {
    idempotent = List.copyOf(idempotent);
  }

  /** The protocol that it speaks. */
  public Wire wire() {
    return reach.wire();
  }
}
