package dev.turnpike.protocol.a2a.agent;

import java.io.Serial;

/** A card that an agent cannot be called by. Stackless: it is an answer, and no fault. */
final class UnusableCard extends Exception {
  @Serial private static final long serialVersionUID = 1;

  /**
   * @param reason in words that may be told to a caller; what stands before them is the agent
   */
  UnusableCard(String reason) {
    super(reason, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
