package dev.turnpike.upstream;

import dev.turnpike.rpc.Payload;
import java.util.List;

/**
 * One request to an upstream, complete: nothing of the caller's head is added to it.
 *
 * @param method the HTTP method
 * @param fields header fields besides those of the connection
 * @param repeatable whether it may be sent again after a failure in which it may have been received
 */
public record Outgoing(String method, List<Field> fields, Payload body, boolean repeatable) {
  public Outgoing {
    fields = List.copyOf(fields);
  }
}
