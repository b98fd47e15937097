package dev.turnpike.exchange;

import java.util.Optional;

/**
 * What one exchange cost, in tokens, each kind apart.
 *
 * @param input what was sent: arguments, or what the peer says that it took
 * @param output what came back
 * @param cached how many of the input's tokens the peer had in its cache, as far as it says so
 * @param definitions what a list of tools and their like put into a context; no part of the total
 * @param model the model that the peer says it used, at most 128 characters
 */
public record Usage(
    Count input, Count output, long cached, Count definitions, Optional<String> model) {
  public static final Usage NONE = new Usage(Count.NONE, Count.NONE, 0, Count.NONE);

  /** By a model that nobody named. */
  public Usage(Count input, Count output, long cached, Count definitions) {
    this(input, output, cached, definitions, Optional.empty());
  }

  /** That of a list. */
  public static Usage listing(Count definitions) {
    return new Usage(Count.NONE, Count.NONE, 0, definitions);
  }

  /** Input and output together. */
  public long total() {
    return input.tokens() + output.tokens();
  }

  /** Tokens of input and output that have this basis. */
  public long on(Count.Basis basis) {
    return (input.basis() == basis ? input.tokens() : 0)
        + (output.basis() == basis ? output.tokens() : 0);
  }
}
