package dev.turnpike.exchange;

/** Which of the two speeds a call travels at. */
public enum Lane {
  STABLE,
  EXPERIMENTAL
}
