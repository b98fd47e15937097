package dev.turnpike.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one entry of {@code upstreams}. */
final class UpstreamReader {
  static final Duration TIMEOUT = Duration.ofSeconds(60);
  static final Duration IDLE_TIMEOUT = Duration.ofMinutes(5);
  static final int CONCURRENCY = 1024;

  /** In the order of messages: the words, then every revision that Turnpike speaks. */
  static final Map<String, RevisionPin> REVISIONS = revisions();

  private UpstreamReader() {}

  static Optional<UpstreamSpec> read(String name, Field field) {
    Optional<Section> outer = field.section(Keys.UPSTREAM);
    Optional<Section> mcp =
        outer
            .flatMap(section -> section.required("mcp", "a mapping with url or command"))
            .flatMap(value -> value.section(Keys.UPSTREAM_MCP));
    if (mcp.isEmpty()) {
      return Optional.empty();
    }
    Section section = mcp.get();
    RevisionPin revision =
        section
            .field("revision")
            .flatMap(value -> value.choice(REVISIONS))
            .orElse(new RevisionPin.Auto());
    Duration timeout = section.field("timeout").flatMap(Field::duration).orElse(TIMEOUT);
    Duration idleTimeout =
        section.field("idle-timeout").flatMap(Field::duration).orElse(IDLE_TIMEOUT);
    int concurrency =
        section
            .field("concurrency")
            .flatMap(value -> value.number(1, 1_000_000))
            .map(Long::intValue)
            .orElse(CONCURRENCY);
    List<NamePattern> idempotent =
        section
            .field("idempotent")
            .map(value -> MatchReader.patterns(value, false, "names of tools"))
            .orElse(List.of());
    return ReachReader.read(section)
        .map(reach ->
            new UpstreamSpec(
                name,
                reach,
                reach instanceof Reach.Events ? old(section, revision) : revision,
                timeout,
                idleTimeout,
                concurrency,
                idempotent,
                section.mark()));
  }

  // the transport of 2024-11-05 has no other revisions than those with initialize
  private static RevisionPin old(Section section, RevisionPin revision) {
    return switch (revision) {
      case RevisionPin.Auto _, RevisionPin.Legacy _ -> new RevisionPin.Legacy();
      case RevisionPin.Modern _, RevisionPin.Dated _ -> {
        section.problem("revision", "does not go with transport: http-sse, leave it out");
        yield revision;
      }
    };
  }

  private static Map<String, RevisionPin> revisions() {
    Map<String, RevisionPin> revisions = new LinkedHashMap<>();
    revisions.put("auto", new RevisionPin.Auto());
    revisions.put("legacy", new RevisionPin.Legacy());
    revisions.put("modern", new RevisionPin.Modern());
    for (String date : List.of("2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28")) {
      revisions.put(date, new RevisionPin.Dated(date));
    }
    return revisions;
  }
}
