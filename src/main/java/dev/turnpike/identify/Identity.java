package dev.turnpike.identify;

import java.util.Optional;

/**
 * How callers are known.
 *
 * @param workloads where it is said which program is calling
 * @param issuer of the tokens that say for whom; empty: no tokens are taken
 */
public record Identity(Workloads workloads, Optional<Issuer> issuer) {
  /** Not at all. */
  public static final Identity NONE = new Identity(new Workloads.Nowhere(), Optional.empty());
}
