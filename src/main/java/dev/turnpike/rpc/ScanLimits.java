package dev.turnpike.rpc;

/**
 * How much structure one document may have.
 *
 * @param depth how deep objects and arrays may nest, 1 to 1000; a scalar has depth 0
 * @param members object members and array elements in the whole document, at least 0
 */
public record ScanLimits(int depth, int members) {
  /** The scanner recurses once per level: this many fit on any stack. */
  public static final int DEEPEST = 1000;

  public ScanLimits {
    if (depth < 1 || depth > DEEPEST) {
      throw new IllegalArgumentException("depth " + depth + " is not in 1.." + DEEPEST);
    }
    if (members < 0) {
      throw new IllegalArgumentException("members " + members + " is negative");
    }
  }
}
