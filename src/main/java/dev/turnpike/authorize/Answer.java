package dev.turnpike.authorize;

/** What the condition of one rule says. */
sealed interface Answer {
  /** The rule applies. */
  record Applies() implements Answer {}

  /** The rule does not apply. */
  record Passes() implements Answer {}

  /** Only a call can tell, and there is none yet. */
  record Open() implements Answer {}

  /** Nobody can tell. */
  record Fails(String kind) implements Answer {}
}
