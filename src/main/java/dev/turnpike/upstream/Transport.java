package dev.turnpike.upstream;

import dev.turnpike.exchange.Caller;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The way that requests take to one upstream, in the terms of Streamable HTTP whatever it is: a
 * request is answered with a status, header fields and messages.
 */
public interface Transport {
  /** One try at a request, from the first connect to the head of the answer. */
  interface Try {
    /**
     * Completes once with the head of the answer, or fails with {@link UpstreamFailed}; on the
     * event loop that the try was begun on.
     */
    CompletionStage<Answered> answered();

    /** Whether anything of it may have gone out. */
    boolean transmitted();

    /** Nobody waits for it any more: the stage fails. */
    void cancel();
  }

  /**
   * Begins a try, on the event loop of the exchange.
   *
   * @param caller on whose behalf; empty where Turnpike asks for itself
   */
  Try begin(Outgoing outgoing, Optional<Caller> caller, Loop loop);

  /** Answers that have begun and have not ended. */
  int open();

  /** Lets go of what nobody has used for a while. From time to time, on any thread. */
  void sweep();

  /** Ends it; completes, on any thread, when nothing of it is left. */
  CompletionStage<?> close();
}
