package dev.turnpike.protocol.mcp.modern;

import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Field;
import java.util.List;
import java.util.Optional;

/** What an extension changes of one request of its era, and of the answer. */
public interface Amendment {
  /** Nothing. */
  Amendment NONE = new Amendment() {};

  /** The body for the upstream, from which all extensions have been taken. */
  default Payload body(Payload body) {
    return body;
  }

  /** Header fields besides those that the revision wants. */
  default List<Field> fields() {
    return List.of();
  }

  /**
   * The message for the caller where a result is of a kind that the revision does not know; empty:
   * the extension does not know it, either.
   */
  default Optional<Payload> instead(Told told) throws Refused {
    return Optional.empty();
  }

  /**
   * The message for the caller where the revision knows the result.
   *
   * @param told as it came
   * @param message as the revision has it
   */
  default Payload amended(Told told, Payload message) throws Refused {
    return message;
  }
}
