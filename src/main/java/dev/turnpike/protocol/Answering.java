package dev.turnpike.protocol;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Target;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Outgoing;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Turns one upstream's answer into the caller's, message by message. Whatever throws {@link
 * Refused} has not committed the reply. All calls are on the thread of the exchange.
 */
public interface Answering {
  /** Judges the head. */
  void head(Answered head) throws Refused;

  /** Whether the head was all that is wanted; asked after {@link #head}. */
  default boolean wholeWithHead() {
    return false;
  }

  /**
   * Takes a message and says whether the answer is whole with it.
   *
   * @param eventId the upstream's id of the event that it came in, or empty
   */
  boolean message(Payload json, String eventId) throws Refused;

  /** The upstream gave an id to come back with, or a time to wait before that, and no data. */
  void primed(String eventId, OptionalLong retryMillis);

  /**
   * How to go on where the upstream closed the connection and not the answer; asked when it has
   * ended, before {@link #ended}.
   */
  default Optional<Resumption> resumption() {
    return Optional.empty();
  }

  /**
   * Another request that the exchange goes on with, where an answer was whole and not the last;
   * asked when {@link #message} has said that it is whole. An empty one ends the exchange, of which
   * the caller has been told.
   */
  default Optional<CompletionStage<Optional<Outgoing>>> sequel() {
    return Optional.empty();
  }

  /** The upstream ended its answer before it was whole. True if that is a proper end. */
  boolean ended() throws Refused;

  /** Ends a committed reply that cannot become whole, as the protocol says. */
  void cut(Refusal reason);

  /** Ends a committed reply that only stands open, in good order: Turnpike is ending. */
  default void retire() {}

  /** The caller is shown other targets of these kinds from now on. */
  default void relisted(Set<Target.Kind> kinds) {}

  /** Whether the caller reads more slowly than the upstream speaks. */
  boolean full();

  /** Runs when {@link #full} has become false. */
  void onDrain(Runnable action);

  /** Whether the upstream is listened to after the caller's connection is gone. */
  boolean outlivesCaller();

  /**
   * The answer as it is to be read; asked once for each, after {@link #head}. One that is more than
   * the exchange is given back as something that can outlive it.
   */
  default Answered adopted(Answered answered) {
    return answered;
  }

  /**
   * Gives the means to end the exchange, of which the caller has been told all, and leave the
   * upstream's answer open. Before anything is sent or read.
   */
  default void mayLeave(Runnable leave) {}

  /** The exchange is over, however it ended. */
  default void over() {}

  /**
   * Gives the means to stop the exchange for the time when nobody wants its answer any more: before
   * the request is sent, and again after each head.
   */
  default void whenUnwanted(Runnable stop) {}
}
