package dev.turnpike.tokens;

import dev.turnpike.tokens.Reporting.Several;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a peer itself says that it used, as far as it says so: from 0 to {@link #MOST}.
 *
 * @param model which model, at most 128 characters
 */
public record Reported(
    OptionalLong input, OptionalLong output, OptionalLong cached, Optional<String> model) {
  /** No call of this world uses more. */
  public static final long MOST = 1_000_000_000_000_000L;

  /** It says nothing. */
  public static final Reported NOTHING =
      new Reported(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

  private static final int MOST_DIGITS = Long.toString(MOST).length();

  /** It does not say by which model. */
  public Reported(OptionalLong input, OptionalLong output, OptionalLong cached) {
    this(input, output, cached, Optional.empty());
  }

  /**
   * What a number says, as JSON writes it; empty where it is negative, more than {@link #MOST}, or
   * not written as a whole number.
   */
  public static OptionalLong figure(String number) {
    if (number.isEmpty()
        || number.length() > MOST_DIGITS
        || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.empty();
    }
    long tokens = Long.parseLong(number);
    return tokens <= MOST ? OptionalLong.of(tokens) : OptionalLong.empty();
  }

  Reported and(Reported later, Several several) {
    return new Reported(
        several.of(input, later.input),
        several.of(output, later.output),
        several.of(cached, later.cached),
        later.model.isPresent() ? later.model : model);
  }
}
