package dev.turnpike.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as an administrator writes them: ISO-8601, or a whole number with a unit. */
public final class Durations {
  /** What to tell someone who wrote something else. */
  public static final String EXPECTED =
      "a duration such as 250ms, 30s, 1m, 1h, 30d or PT30S (ISO-8601)";

  private static final Pattern SHORT = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private Durations() {}

  /** The duration, zero and negative ones too; empty when the text is none. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = SHORT.matcher(text);
    if (matcher.matches()) {
      return Optional.ofNullable(UNITS.get(matcher.group(2)))
          .map(unit -> unit.multipliedBy(Long.parseLong(matcher.group(1))));
    }
    try {
      return Optional.of(Duration.parse(text));
    } catch (DateTimeParseException notIso) {
      return Optional.empty();
    }
  }

  /** The short form that {@link #parse} takes, in the largest unit that divides it. */
  public static String text(Duration duration) {
    for (String unit : new String[] {"d", "h", "m", "s", "ms"}) {
      long millis = UNITS.getOrDefault(unit, Duration.ZERO).toMillis();
      if (duration.toMillis() % millis == 0 && duration.toNanosPart() % 1_000_000 == 0) {
        return String.format(Locale.ROOT, "%d%s", duration.toMillis() / millis, unit);
      }
    }
    return duration.toString();
  }
}
