package dev.turnpike.admin;

import dev.turnpike.account.By;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The query of {@code /admin/usage}, checked. */
record UsageQuery(Set<By> by, Optional<Instant> from, Optional<Instant> to, Format format) {
  enum Format {
    JSON,
    CSV
  }

  private static final Set<String> NAMES = Set.of("by", "from", "to", "format");

  static UsageQuery of(MultiMap params) throws BadQuery {
    for (String name : params.names()) {
      if (!NAMES.contains(name)) {
        throw new BadQuery("unknown parameter; allowed: by, from, to, format");
      }
      if (params.getAll(name).size() > 1) {
        throw new BadQuery(name + " is given more than once");
      }
    }
    Optional<Instant> from = instant(params, "from");
    Optional<Instant> to = instant(params, "to");
    if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
      throw new BadQuery("from must be before to");
    }
    return new UsageQuery(by(params), from, to, format(params));
  }

  private static Set<By> by(MultiMap params) throws BadQuery {
    EnumSet<By> found = EnumSet.noneOf(By.class);
    String value = params.get("by");
    if (value == null || value.isEmpty()) {
      return found;
    }
    for (String word : value.split(",", -1)) {
      found.add(
          Arrays.stream(By.values())
              .filter(by -> by.key().equals(word.strip()))
              .findFirst()
              .orElseThrow(
                  () -> new BadQuery("by takes a list of " + words() + ", separated by commas")));
    }
    return found;
  }

  private static Format format(MultiMap params) throws BadQuery {
    String value = params.get("format");
    if (value == null) {
      return Format.JSON;
    }
    return List.of(Format.values()).stream()
        .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(value))
        .findFirst()
        .orElseThrow(() -> new BadQuery("format is json or csv"));
  }

  static Optional<Instant> instant(MultiMap params, String name) throws BadQuery {
    String value = params.get(name);
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          value.contains("T")
              ? Instant.parse(value)
              : LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeParseException notATime) {
      throw new BadQuery(
          name + " is a time such as 2026-11-24T10:00:00Z, or a day such as 2026-11-24");
    }
  }

  private static String words() {
    return Arrays.stream(By.values()).map(By::key).collect(Collectors.joining(", "));
  }
}
