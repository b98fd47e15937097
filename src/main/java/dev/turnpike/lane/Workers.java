package dev.turnpike.lane;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.ExchangeListener.Watch;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;

/** The threads of one alpha, and the road that they serve. All of it is the alpha's alone. */
public interface Workers {
  /** A thread of the lane; what it is given runs one after the other. */
  Executor next();

  /**
   * The whole road, for a caller that is known. On a thread of {@link #next}. Fails with {@link
   * WorkersLost} where they end in the middle of it.
   */
  CompletionStage<List<Outcome>> serve(Inbound inbound, Caller caller, Reply reply, Watch watch);

  /**
   * Ends, after the time, what they keep between calls for those of whom this is true: sessions,
   * and what goes on for them. From any thread.
   *
   * @param whose by the caller, and the name of the endpoint
   */
  void withdraw(BiPredicate<Caller, String> whose, Duration after);

  /** Ends them after the time, without waiting: one may never come back from what it does. */
  void close(Duration after);
}
