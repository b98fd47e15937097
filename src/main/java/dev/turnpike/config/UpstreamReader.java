package dev.turnpike.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one entry of {@code upstreams}. */
final class UpstreamReader {
  /** In the order of messages: the words, then every revision that Turnpike speaks. */
  static final Map<String, RevisionPin> REVISIONS = revisions();

  private UpstreamReader() {}

  static Optional<UpstreamSpec> read(String name, Field field) {
    Optional<Section> outer = field.section(Keys.UPSTREAM);
    return outer.flatMap(section ->
        Wires.of(section, "a mapping with url or command (a server), or a2a (an agent)")
            .flatMap(wire ->
                switch (wire) {
                  case MCP ->
                      section
                          .field("mcp")
                          .flatMap(value -> value.section(Keys.UPSTREAM_MCP))
                          .flatMap(inner -> server(name, inner));
                  case A2A ->
                      section
                          .field("a2a")
                          .flatMap(value -> value.section(Keys.UPSTREAM_A2A))
                          .flatMap(inner -> AgentReader.read(name, inner));
                }));
  }

  private static Optional<UpstreamSpec> server(String name, Section section) {
    RevisionPin revision =
        section
            .field("revision")
            .flatMap(value -> value.choice(REVISIONS))
            .orElse(new RevisionPin.Auto());
    Limits limits = Limits.read(section);
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
                limits.timeout(),
                limits.idleTimeout(),
                limits.concurrency(),
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
