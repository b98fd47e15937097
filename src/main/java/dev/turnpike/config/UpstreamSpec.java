package dev.turnpike.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * A server that Turnpike calls.
 *
 * @param url absolute, http or https
 * @param timeout to the first byte of an answer
 * @param idleTimeout between two bytes of a stream that has begun
 * @param concurrency exchanges at once, streams included
 * @param http2 speak HTTP/2 from the first byte where the URL is plain http
 * @param idempotent patterns of tools that may be called again after a failure
 */
public record UpstreamSpec(
    String name,
    URI url,
    RevisionPin revision,
    Duration timeout,
    Duration idleTimeout,
    int concurrency,
    boolean http2,
    List<NamePattern> idempotent,
    Mark mark) {
  public UpstreamSpec {
    idempotent = List.copyOf(idempotent);
  }
}
