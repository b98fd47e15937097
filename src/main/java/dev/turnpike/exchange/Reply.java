package dev.turnpike.exchange;

import dev.turnpike.rpc.Lasting;
import dev.turnpike.rpc.Payload;

/**
 * The way back to one caller. Nothing is on the wire until {@link #answer} or {@link #stream}; of
 * these one is called, once. Not safe for use by several threads: all calls are on the thread of
 * the exchange.
 */
public interface Reply {
  /** Adds a header field to the answer's head. */
  void header(String name, String value);

  /** The whole answer. A type goes with a body: an empty body has none. */
  void answer(int status, String contentType, Payload body);

  /**
   * The whole answer to the question what there is, with status 200.
   *
   * @param entries what is told to many
   */
  default void listing(String contentType, Payload before, Lasting entries, Payload behind) {
    answer(200, contentType, entries.between(before, behind));
  }

  /** An answer without a body. */
  default void answer(int status) {
    answer(status, "", Payload.EMPTY);
  }

  /**
   * Begins an event stream with status 200. Comments that keep it alive are the sink's own affair.
   */
  EventSink stream();

  /**
   * Something that was answered and that the caller does not get as it is. Nothing is sent by it;
   * it is for whoever wants to know what a call came to.
   */
  default void withheld(Payload message) {}

  /** The same way, for what was counted when it went it before: budgets do not hear of it again. */
  default Reply uncounted() {
    return this;
  }

  /**
   * The answer takes as long as somebody else wants: a person who is asked, or a task that goes on
   * elsewhere. Nothing is sent by it.
   */
  default void waits() {}

  /** Whether the head is sent or being sent: from then on no refusal is possible. */
  boolean committed();

  /** Runs when the caller's connection or stream goes away before the answer is whole. */
  void onGone(Runnable action);

  /** An open event stream (Server-Sent Events). */
  interface EventSink {
    /** Sends one event. {@code id} is empty for an event that cannot be replayed. */
    void event(String id, Payload data);

    /** Sends one event of that type, which is not that of messages. */
    void named(String type, Payload data);

    /** Tells the caller how long to wait before it connects again, with an id to come back with. */
    void prime(String id, long retryMillis);

    /** Whether the caller reads more slowly than it is written to. */
    boolean full();

    /** Runs once, when {@link #full} has become false again. */
    void onDrain(Runnable action);

    /** Ends the stream in good order. */
    void end();

    /** Breaks the stream off: the caller sees that the answer is not whole. */
    void cut();

    boolean closed();
  }
}
