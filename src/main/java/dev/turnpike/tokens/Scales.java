package dev.turnpike.tokens;

import dev.turnpike.exchange.Call;
import dev.turnpike.rpc.Payload;
import dev.turnpike.tokens.Reporting.Several;

/** Finds in a message of its protocol what goes into a model's context. Pure; never throws. */
@FunctionalInterface
public interface Scales {
  /**
   * @param message to the caller, in answer to the call: its result, or something on the way to it
   */
  Weight weigh(Call call, Payload message);

  /** What holds where several messages of a call report what it used. */
  default Several several() {
    return Several.LAST;
  }
}
