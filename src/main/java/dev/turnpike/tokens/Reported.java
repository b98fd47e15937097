package dev.turnpike.tokens;

import java.util.OptionalLong;

/** What a peer itself says that it used, as far as it says so. */
public record Reported(OptionalLong input, OptionalLong output, OptionalLong cached) {
  /** It says nothing. */
  public static final Reported NOTHING =
      new Reported(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
}
