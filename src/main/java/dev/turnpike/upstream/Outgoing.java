package dev.turnpike.upstream;

import dev.turnpike.rpc.Payload;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One request to an upstream, complete: nothing of the caller's head is added to it.
 *
 * @param method the HTTP method
 * @param fields header fields besides those of the connection
 * @param repeatable whether it may be sent again after a failure in which it may have been received
 * @param timeout to the first byte of the answer; empty: the upstream's own
 * @param to where it goes; empty: the upstream's own address. Whoever names another has judged it
 */
public record Outgoing(
    String method,
    List<Field> fields,
    Payload body,
    boolean repeatable,
    Optional<Duration> timeout,
    Optional<URI> to) {
  /** With the upstream's own time to the first byte. */
  public Outgoing(String method, List<Field> fields, Payload body, boolean repeatable) {
    this(method, fields, body, repeatable, Optional.empty());
  }

  /** To the upstream's own address. */
  public Outgoing(
      String method,
      List<Field> fields,
      Payload body,
      boolean repeatable,
      Optional<Duration> timeout) {
    this(method, fields, body, repeatable, timeout, Optional.empty());
  }

  public Outgoing {
    fields = List.copyOf(fields);
  }
}
