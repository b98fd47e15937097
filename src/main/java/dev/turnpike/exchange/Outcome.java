package dev.turnpike.exchange;

/** How an exchange ended. Every accepted request ends in exactly one. */
public sealed interface Outcome {
  /** Answered to the end. */
  record Served(Usage usage) implements Outcome {}

  /** Answered with a no. */
  record TurnedAway(Refusal reason) implements Outcome {}

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
