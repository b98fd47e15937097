package dev.turnpike.exchange;

/** What one exchange cost, in tokens of input and output. */
public record Usage(long input, long output) {
  public static final Usage NONE = new Usage(0, 0);

  public long total() {
    return input + output;
  }
}
