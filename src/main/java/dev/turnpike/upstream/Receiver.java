package dev.turnpike.upstream;

import dev.turnpike.rpc.Payload;
import java.util.OptionalLong;

/**
 * Takes what an upstream says, message by message. All calls are on the thread of the exchange;
 * after {@link #ended} or {@link #failed} there are none.
 */
public interface Receiver {
  /** One whole message. {@code eventId} is empty where none came with it. */
  void message(Payload json, String eventId);

  /** An event without data: an id to come back with, and perhaps how long to wait first. */
  void primed(String eventId, OptionalLong retryMillis);

  /** The answer is whole as HTTP. */
  void ended();

  /** The answer broke off. */
  void failed(UpstreamFailed failure);
}
