package dev.turnpike.admin;

import io.vertx.core.MultiMap;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The query of {@code /admin/audit}, checked. */
record AuditQuery(Predicate<String> matches, int limit) {
  private static final List<String> MEMBERS =
      List.of(
          "kind",
          "caller",
          "tenant",
          "workload",
          "endpoint",
          "target",
          "rule",
          "outcome",
          "refusal",
          "act",
          "lane");
  private static final int DEFAULT = 100;
  private static final int MOST = 1_000;

  static AuditQuery of(MultiMap params) throws BadQuery {
    Map<String, String> wanted = new HashMap<>();
    for (String name : params.names()) {
      if (params.getAll(name).size() > 1) {
        throw new BadQuery(name + " is given more than once");
      }
      if (MEMBERS.contains(name)) {
        wanted.put(name, params.get(name));
      } else if (!List.of("from", "to", "limit").contains(name)) {
        throw new BadQuery(
            "unknown parameter; allowed: from, to, limit, " + String.join(", ", MEMBERS));
      }
    }
    Optional<Instant> from = UsageQuery.instant(params, "from");
    Optional<Instant> to = UsageQuery.instant(params, "to");
    return new AuditQuery(line -> matches(line, wanted) && within(line, from, to), limit(params));
  }

  private static int limit(MultiMap params) throws BadQuery {
    String text = params.get("limit");
    if (text == null) {
      return DEFAULT;
    }
    if (!text.matches("[1-9][0-9]{0,3}") || Integer.parseInt(text) > MOST) {
      throw new BadQuery("limit is a number from 1 to " + MOST);
    }
    return Integer.parseInt(text);
  }

  private static boolean matches(String line, Map<String, String> wanted) {
    if (wanted.isEmpty()) {
      return true;
    }
    JsonObject members = read(line);
    return wanted.entrySet().stream()
        .allMatch(one -> one.getValue().equals(members.getValue(one.getKey())));
  }

  private static boolean within(String line, Optional<Instant> from, Optional<Instant> to) {
    if (from.isEmpty() && to.isEmpty()) {
      return true;
    }
    try {
      Instant at = Instant.parse(String.valueOf(read(line).getValue("time")));
      return from.map(begin -> !at.isBefore(begin)).orElse(true)
          && to.map(at::isBefore).orElse(true);
    } catch (DateTimeParseException changed) {
      return false;
    }
  }

  private static JsonObject read(String line) {
    try {
      return new JsonObject(line);
    } catch (DecodeException changed) {
      return new JsonObject();
    }
  }
}
