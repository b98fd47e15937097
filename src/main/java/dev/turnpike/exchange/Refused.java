package dev.turnpike.exchange;

import java.io.Serial;

/**
 * Carries a {@link Refusal} up the data path. Checked, so that a step which may refuse says so;
 * stackless, because a refusal is an answer and not a fault.
 */
public final class Refused extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final transient Refusal reason;

  public Refused(Refusal reason) {
    super(reason.getClass().getSimpleName(), null, false, false);
    this.reason = reason;
  }

  public Refusal reason() {
    return reason;
  }
}
