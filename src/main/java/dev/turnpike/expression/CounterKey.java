package dev.turnpike.expression;

/** A compiled {@code per}. Immutable and safe for any thread. */
public final class CounterKey {
  /** What counts under which no value could be found. */
  public static final String NONE = "none";

  /**
   * The value for this call, at most 256 characters; {@link #NONE} where a member is missing or the
   * expression fails. Never throws.
   */
  public String of(Facts facts) {
    throw new UnsupportedOperationException("not written yet: " + facts);
  }
}
