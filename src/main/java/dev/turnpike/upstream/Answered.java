package dev.turnpike.upstream;

import dev.turnpike.exchange.Headers;

/** The head of an upstream's answer; its body waits until it is read. */
public interface Answered {
  int status();

  Headers headers();

  /** Whether the body is a stream of server-sent events. */
  boolean events();

  /** Reads the body into the receiver. Called once. */
  void read(Receiver receiver);

  /** Stops reading from the socket, until {@link #resume}. */
  void pause();

  void resume();

  /**
   * Nothing more is wanted of a whole answer: what little may follow is read and dropped, so that
   * the connection can be used again, and one that goes on is closed. The receiver hears nothing
   * more.
   */
  void finish();

  /** Ends the answer here: the upstream sees its stream closed. The receiver hears nothing more. */
  void cancel();
}
