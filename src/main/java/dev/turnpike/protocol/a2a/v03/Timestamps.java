package dev.turnpike.protocol.a2a.v03;

import dev.turnpike.protocol.a2a.tree.Misshapen;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Times of 0.3, which may have any offset, as those of 1.0: in UTC, to the millisecond. */
final class Timestamps {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);

  private Timestamps() {}

  /** Without an offset it is taken for UTC. */
  static String current(String text, String path) throws Misshapen {
    try {
      TemporalAccessor said =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text, OffsetDateTime::from, LocalDateTime::from);
      LocalDateTime time =
          said instanceof OffsetDateTime at
              ? at.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
              : LocalDateTime.from(said);
      if (time.getYear() >= 1 && time.getYear() <= 9999) {
        return UTC.format(time);
      }
    } catch (DateTimeException _) {
      // said below
    }
    throw Misshapen.at(path, "a time as ISO 8601 writes it");
  }
}
