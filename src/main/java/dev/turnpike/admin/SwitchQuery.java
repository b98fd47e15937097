package dev.turnpike.admin;

import dev.turnpike.config.Durations;
import dev.turnpike.flags.Switched;
import dev.turnpike.rpc.Payload;
import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is asked of {@code /admin/flags}, checked. */
final class SwitchQuery {
  private static final Set<String> NAMES = Set.of("value", "tenant", "reason", "expires");
  private static final int LONGEST_REASON = 500;
  private static final int LONGEST_TENANT = 256;
  private static final Duration LONGEST = Duration.ofDays(3_653);

  private SwitchQuery() {}

  /** The switch that a body describes. */
  static Switched of(String key, Payload body, String by, Instant now) throws BadQuery {
    return of(key, Body.object(body), by, now);
  }

  /** The switch that these members describe. */
  static Switched of(String key, Map<String, Object> said, String by, Instant now) throws BadQuery {
    for (String name : said.keySet()) {
      if (!NAMES.contains(name)) {
        throw new BadQuery("unknown member; allowed: value, tenant, reason, expires");
      }
    }
    if (!(said.get("value") instanceof Boolean value)) {
      throw new BadQuery("value must be true or false");
    }
    String reason = text(said, "reason").strip();
    if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
      throw new BadQuery(
          "reason is missing: why you switch it, in %d characters at most"
              .formatted(LONGEST_REASON));
    }
    Optional<String> tenant =
        said.containsKey("tenant") ? Optional.of(tenant(text(said, "tenant"))) : Optional.empty();
    return new Switched(key, tenant, value, reason, by, now, expires(said, now));
  }

  /** The tenant that a query names, if it does. */
  static Optional<String> tenant(MultiMap params) throws BadQuery {
    for (String name : params.names()) {
      if (!name.equals("tenant")) {
        throw new BadQuery("unknown parameter; allowed: tenant");
      }
    }
    List<String> given = params.getAll("tenant");
    if (given.size() > 1) {
      throw new BadQuery("tenant is given more than once");
    }
    return given.isEmpty() ? Optional.empty() : Optional.of(tenant(given.getFirst()));
  }

  private static String tenant(String name) throws BadQuery {
    if (name.isBlank() || name.length() > LONGEST_TENANT) {
      throw new BadQuery("tenant must be the name of one; leave it out for all");
    }
    return name;
  }

  private static Optional<Instant> expires(Map<String, Object> said, Instant now) throws BadQuery {
    if (!said.containsKey("expires")) {
      return Optional.empty();
    }
    String text = text(said, "expires");
    try {
      Optional<Instant> until = Durations.parse(text).map(now::plus);
      Instant moment = until.isPresent() ? until.get() : OffsetDateTime.parse(text).toInstant();
      if (moment.isAfter(now.plus(LONGEST))) {
        throw new BadQuery("expires may be ten years from now; leave it out for ever");
      }
      if (!moment.isAfter(now)) {
        throw new BadQuery("expires must be in the future");
      }
      return Optional.of(moment);
    } catch (DateTimeException | ArithmeticException _) {
      throw new BadQuery(
          "expires must be a moment such as 2026-12-31T18:00:00Z, or a time such as 2h");
    }
  }

  private static String text(Map<String, Object> said, String name) throws BadQuery {
    Object value = said.getOrDefault(name, "");
    if (value instanceof String text) {
      return text;
    }
    throw new BadQuery(name + " must be a text");
  }
}
