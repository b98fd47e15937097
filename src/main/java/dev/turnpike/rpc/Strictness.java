package dev.turnpike.rpc;

/** Whose document it is. Both kinds are strict; they differ in one rule. */
public enum Strictness {
  /** Escapes of a lone surrogate are refused: two readers could decode them differently. */
  CALLER,
  /** Escapes of a lone surrogate pass as they stand, since servers in the wild truncate text so. */
  UPSTREAM
}
