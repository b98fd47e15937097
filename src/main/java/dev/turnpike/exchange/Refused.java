package dev.turnpike.exchange;

import java.io.Serial;

/**
 * Carries a {@link Refusal} up the data path. Checked, so that a step which may refuse says so;
 * stackless, because a refusal is an answer and not a fault.
 */
public final class Refused extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final transient Refusal reason;
  private final String rule;

  public Refused(Refusal reason) {
    this(reason, "");
  }

  /**
   * @param rule that decided; told to those who run Turnpike, never to a caller
   */
  public Refused(Refusal reason, String rule) {
    super(reason.getClass().getSimpleName(), null, false, false);
    this.reason = reason;
    this.rule = rule;
  }

  public Refusal reason() {
    return reason;
  }

  /** The rule that decided, or {@code default}; empty where it was no matter of rules. */
  public String rule() {
    return rule;
  }
}
