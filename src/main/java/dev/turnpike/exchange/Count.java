package dev.turnpike.exchange;

/**
 * Tokens, and where the figure comes from.
 *
 * @param tokens at least 0
 */
public record Count(long tokens, Basis basis) {
  /** Nothing, which needs no basis. */
  public static final Count NONE = new Count(0, Basis.ESTIMATED);

  /** Where a figure comes from. */
  public enum Basis {
    /** The peer itself said it. */
    REPORTED,
    /** We counted it as a family of models does. */
    COUNTED,
    /** We guessed it from the bytes and from what was counted before. */
    ESTIMATED
  }

  public Count {
    if (tokens < 0) {
      throw new IllegalArgumentException(tokens + " tokens");
    }
  }

  public static Count reported(long tokens) {
    return new Count(tokens, Basis.REPORTED);
  }

  public static Count counted(long tokens) {
    return new Count(tokens, Basis.COUNTED);
  }

  public static Count estimated(long tokens) {
    return new Count(tokens, Basis.ESTIMATED);
  }
}
