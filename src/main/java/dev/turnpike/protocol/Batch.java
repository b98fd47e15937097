package dev.turnpike.protocol;

import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Reply;
import java.util.List;

/** A request that holds several, and one reply that their answers are joined in. */
public interface Batch {
  List<Inbound> parts();

  /** The reply of one part, by its place in {@link #parts}. */
  Reply reply(int part);
}
