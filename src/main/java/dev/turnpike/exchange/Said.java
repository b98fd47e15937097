package dev.turnpike.exchange;

import dev.turnpike.rpc.Payload;
import java.util.List;

/**
 * What a message to an agent says.
 *
 * @param data the value of each of its data parts, in their order; JSON that was scanned
 * @param parts all its parts as one JSON array; empty where there is no message
 */
public record Said(List<Payload> data, Payload parts) {
  /** Of an operation that says nothing. */
  public static final Said NOTHING = new Said(List.of(), Payload.EMPTY);

  public Said {
    data = List.copyOf(data);
  }
}
