package dev.turnpike.tokens;

/** Counts as a family of models does. Safe for any thread; may take long. */
@FunctionalInterface
public interface Tokenizer {
  long count(String text);
}
