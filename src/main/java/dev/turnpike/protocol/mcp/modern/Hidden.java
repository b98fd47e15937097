package dev.turnpike.protocol.mcp.modern;

import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.mcp.Told;
import java.time.Duration;
import java.util.Optional;

/**
 * An extension at work for callers of an era that has none: it is declared to the upstream, and
 * what it brings there is done here until there is a result that the caller can know.
 */
public interface Hidden {
  /** The identifier of the extension, as clients declare it. */
  String id();

  /**
   * What is to be done where a tool's call has brought a result of a kind that the revision does
   * not know; empty: the extension does not know it, either.
   *
   * @throws Refused where the result is the extension's, and cannot be read
   */
  Optional<Behind> begun(Told told, String upstream) throws Refused;

  /** What goes on behind one call. One object for each; on the thread of the exchange. */
  interface Behind {
    /** What comes first. */
    Ask first();

    /** What comes after an answer to what was asked; refused where that cannot be understood. */
    Step next(Told told) throws Refused;

    /**
     * What comes after the caller has given what the upstream wants.
     *
     * @param responses by the names of the requests, as JSON
     */
    Ask given(String responses);

    /** What the upstream is told where nobody wants the result any more. */
    Ask farewell();
  }

  /** What comes next. */
  sealed interface Step {}

  /**
   * A request to the upstream.
   *
   * @param after how long it waits
   * @param named what it is about, which its header fields say, too
   * @param members of its {@code params}, as JSON without braces
   * @param repeatable whether it may be sent again where it may have been received
   */
  record Ask(Duration after, String method, String named, String members, boolean repeatable)
      implements Step {}

  /**
   * The end: an answer such as the call would have had without the extension.
   *
   * @param told a result, or an error
   */
  record End(Told told) implements Step {}

  /**
   * The upstream wants something of the caller.
   *
   * @param told a result with {@code inputRequests}
   */
  record Inputs(Told told) implements Step {}
}
