package dev.turnpike.config;

/** What the administrator said of the revision that an upstream speaks. */
public sealed interface RevisionPin {
  /** Find out by asking. */
  record Auto() implements RevisionPin {}

  /** Some revision with {@code initialize}. */
  record Legacy() implements RevisionPin {}

  /** Some revision without it: 2026-07-28 or later. */
  record Modern() implements RevisionPin {}

  /** Exactly this one, such as {@code 2025-11-25}. */
  record Dated(String revision) implements RevisionPin {}
}
