package dev.turnpike.expression;

import java.util.Set;

/** A compiled {@code when}. Immutable and safe for any thread. */
public final class Condition {
  /** Never throws: what goes wrong, and what costs too much, is {@link Verdict.Failed}. */
  public Verdict test(Facts facts) {
    throw new UnsupportedOperationException("not written yet: " + facts);
  }

  /** Whether it reads the arguments of the call, in any branch. */
  public boolean readsArguments() {
    return reads().stream().anyMatch(p -> p.equals("args") || p.startsWith("args."));
  }

  /** The longest paths it reads, such as {@code args.amount} or {@code caller.tenant}. */
  public Set<String> reads() {
    return Set.of();
  }
}
