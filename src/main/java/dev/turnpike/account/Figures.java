package dev.turnpike.account;

/**
 * What some calls came to. Token figures stay 0 until tokens are counted.
 *
 * @param calls calls that an upstream answered, wholly or in part
 * @param input tokens in
 * @param output tokens out
 * @param reported tokens that the upstream itself reported
 * @param counted tokens that we counted
 * @param estimated tokens that we guessed
 */
public record Figures(
    long calls, long input, long output, long reported, long counted, long estimated) {
  public static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0);

  public long total() {
    return input + output;
  }

  public Figures plus(Figures other) {
    return new Figures(
        calls + other.calls,
        input + other.input,
        output + other.output,
        reported + other.reported,
        counted + other.counted,
        estimated + other.estimated);
  }
}
