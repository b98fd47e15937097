package dev.turnpike.protocol.a2a.tree;

import java.io.Serial;

/** JSON that is no message of the shape that was wanted. Stackless: it is an answer to bytes. */
public final class Misshapen extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final boolean twice;

  private Misshapen(String reason, boolean twice) {
    super(reason, null, false, false);
    this.twice = twice;
  }

  /**
   * It is not what it must be.
   *
   * @param path in names of the protocol and indices; empty: the whole
   */
  public static Misshapen at(String path, String expected) {
    return new Misshapen((path.isEmpty() ? "it" : path) + " must be " + expected, false);
  }

  /** It stands in two places. */
  public static Misshapen twice(String path) {
    return new Misshapen(path + " is given twice", true);
  }

  /** Whether one member was given under two spellings. */
  public boolean isTwice() {
    return twice;
  }

  /** In words that quote names of the protocol and no content. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
