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
        calls + other.calls,
        input + other.input,
        output + other.output,
        reported + other.reported,
        counted + other.counted,
        estimated + other.estimated,
        definitions + other.definitions);
  }
}
