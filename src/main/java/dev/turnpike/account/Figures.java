package dev.turnpike.account;

import dev.turnpike.exchange.Count;
import dev.turnpike.exchange.Usage;

/**
 * What some calls came to.
 *
 * @param calls calls that an upstream answered, wholly or in part
 * @param input tokens in
 * @param output tokens out
 * @param reported tokens that the upstream itself reported
 * @param counted tokens that we counted
 * @param estimated tokens that we guessed
 * @param definitions tokens of what lists put into a context, apart from all the others
 */
public record Figures(
    long calls,
    long input,
    long output,
    long reported,
    long counted,
    long estimated,
    long definitions) {
  /** A figure that has come so far stays there: two of them can be added without an overflow. */
  static final long MOST = 4_000_000_000_000_000_000L;

  public static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0, 0);

  static Figures of(long calls, Usage usage) {
    return new Figures(
        calls,
        usage.input().tokens(),
        usage.output().tokens(),
        usage.on(Count.Basis.REPORTED),
        usage.on(Count.Basis.COUNTED),
        usage.on(Count.Basis.ESTIMATED),
        usage.definitions().tokens());
  }

  public long total() {
    return input + output;
  }

  public Figures plus(Figures other) {
    return new Figures(
        sum(calls, other.calls),
        sum(input, other.input),
        sum(output, other.output),
        sum(reported, other.reported),
        sum(counted, other.counted),
        sum(estimated, other.estimated),
        sum(definitions, other.definitions));
  }

  private static long sum(long one, long other) {
    return Math.min(one + other, MOST);
  }
}
