package dev.turnpike.protocol;

import dev.turnpike.exchange.Reply;
import dev.turnpike.upstream.Outgoing;
import java.util.function.Consumer;

/** Where the answer to a call comes from. */
public sealed interface Course {
  /** From Turnpike itself: no upstream is asked. */
  record Home(Consumer<Reply> answer) implements Course {}

  /**
   * From the upstream.
   *
   * @param standing whether it is meant to stay open, and counts against the streams of its caller
   */
  record Afar(Outgoing outgoing, boolean standing) implements Course {}
}
