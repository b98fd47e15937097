package dev.turnpike.tokens;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a peer itself says that it used, as far as it says so.
 *
 * @param model which model, at most 128 characters
 */
public record Reported(
    OptionalLong input, OptionalLong output, OptionalLong cached, Optional<String> model) {
  /** It says nothing. */
  public static final Reported NOTHING =
      new Reported(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

  /** It does not say by which model. */
  public Reported(OptionalLong input, OptionalLong output, OptionalLong cached) {
    this(input, output, cached, Optional.empty());
  }
}
