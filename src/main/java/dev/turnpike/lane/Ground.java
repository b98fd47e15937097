package dev.turnpike.lane;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Ticker;
import java.time.Duration;
import java.util.concurrent.Executor;

/** What a lane has from the process around it. Thread-safe. */
public interface Ground {
  /** Runs what it is given on the thread of the stable lane that this is called on. */
  Executor here();

  /**
   * Runs the action after the time, on the thread of the stable lane that this is called on.
   *
   * @return takes it back
   */
  Runnable later(Duration after, Runnable action);

  /** Whether the flag is on for the caller there, now. */
  boolean isOn(String flag, Caller caller, String endpoint);

  Ticker ticker();
}
