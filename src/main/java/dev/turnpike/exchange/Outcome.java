package dev.turnpike.exchange;

/** How an exchange ended. Every accepted request ends in exactly one. */
public sealed interface Outcome {
  /** Answered to the end. */
  record Served(Usage usage) implements Outcome {}

  /**
   * Answered with a no.
   *
   * @param rule that decided, for those who run Turnpike and never for a caller; empty where it was
   *     none
   */
  record TurnedAway(Refusal reason, String rule) implements Outcome {
    /** Not by a rule. */
    public TurnedAway(Refusal reason) {
      this(reason, "");
    }

    /** What the step said. */
    public static TurnedAway by(Refused refused) {
      return new TurnedAway(refused.reason(), refused.rule());
    }
  }

  /** Broken off in the middle of the answer. */
  record Cut(By by, String reason) implements Outcome {}

  /** A bug of ours. */
  record Broken(Throwable bug) implements Outcome {}

  /** Who broke it off. */
  enum By {
    CALLER,
    UPSTREAM,
    GATEWAY
  }
}
