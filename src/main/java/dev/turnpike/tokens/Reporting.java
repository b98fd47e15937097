package dev.turnpike.tokens;

import dev.turnpike.rpc.JsonPointer;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where in a result peers say what a call used: of each list, the first that leads to a figure
 * holds.
 *
 * @param several what holds where a call's messages say it more than once
 */
public record Reporting(
    List<JsonPointer> input, List<JsonPointer> output, List<JsonPointer> cached, Several several) {
  public Reporting {
    input = List.copyOf(input);
    output = List.copyOf(output);
    cached = List.copyOf(cached);
  }

  /** What holds of several figures for one call, each kind by itself. */
  public enum Several {
    /** The last: each is of all so far. */
    LAST,
    /** All of them together, up to {@link Reported#MOST}: each is of its message alone. */
    SUM,
    /** The largest. */
    MAX;

    OptionalLong of(OptionalLong earlier, OptionalLong later) {
      if (earlier.isEmpty() || later.isEmpty()) {
        return later.isPresent() ? later : earlier;
      }
      long one = earlier.getAsLong();
      long other = later.getAsLong();
      return OptionalLong.of(
          switch (this) {
            case LAST -> other;
            case SUM -> Math.min(one + other, Reported.MOST);
            case MAX -> Math.max(one, other);
          });
    }
  }
}
