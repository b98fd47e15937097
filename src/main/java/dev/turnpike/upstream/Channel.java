package dev.turnpike.upstream;

import dev.turnpike.rpc.Payload;
import java.util.concurrent.CompletionStage;

/**
 * One connection over which both sides say messages at any time, whoever asked. Thread-safe;
 * nothing here blocks.
 */
public interface Channel {
  /** Hears the other side. Called on any thread, one call at a time, in order. */
  interface Ear {
    /** One value of JSON, or what looks like it. Says whether it is a message. */
    boolean message(Payload json);

    /**
     * It is over, and nothing more is heard. {@link UpstreamFailed.Kind#UNREACHABLE}: the other
     * side has never been there.
     */
    void closed(UpstreamFailed why);
  }

  /** Begins to connect; what is written meanwhile waits. */
  @FunctionalInterface
  interface Opener {
    Channel open(Ear ear);
  }

  /**
   * Writes the message behind those before it. Says whether it was taken: not where the channel is
   * over, or the other side has left more unread than may wait.
   */
  boolean write(Payload message);

  /**
   * Ends it in good order; the ear hears of that. Completes, on any thread, when nothing of it is
   * left.
   */
  CompletionStage<?> close();
}
