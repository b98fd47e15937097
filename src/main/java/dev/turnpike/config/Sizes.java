package dev.turnpike.config;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes as an administrator writes them: {@code 512B}, {@code 64KiB}, {@code 1MiB}. */
public final class Sizes {
  /** What to tell someone who wrote something else. */
  public static final String EXPECTED = "a size such as 512B, 64KiB, 1MiB or 1GiB";

  private static final Pattern SHORT = Pattern.compile("([0-9]{1,9})(B|KiB|MiB|GiB)");
  private static final Map<String, Long> UNITS =
      Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

  private Sizes() {}

  /** The number of bytes; empty when the text is no size. */
  public static OptionalLong parse(String text) {
    Matcher matcher = SHORT.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    return Optional.ofNullable(UNITS.get(matcher.group(2))).stream()
        .mapToLong(unit -> unit * Long.parseLong(matcher.group(1)))
        .findFirst();
  }
}
