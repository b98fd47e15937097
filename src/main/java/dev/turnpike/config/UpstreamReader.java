package dev.turnpike.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads one entry of {@code upstreams}. */
final class UpstreamReader {
  static final Duration TIMEOUT = Duration.ofSeconds(60);
  static final Duration IDLE_TIMEOUT = Duration.ofMinutes(5);
  static final int CONCURRENCY = 1024;

  private static final String URL_EXPECTED =
      "an absolute http or https URL with a host and without user or fragment, such as"
          + " http://127.0.0.1:3001/mcp";

  /** In the order of messages: the words, then every revision that Turnpike speaks. */
  static final Map<String, RevisionPin> REVISIONS = revisions();

  private UpstreamReader() {}

  static Optional<UpstreamSpec> read(String name, Field field) {
    Optional<Section> outer = field.section(Keys.UPSTREAM);
    Optional<Section> mcp =
        outer
            .flatMap(section -> section.required("mcp", "a mapping with at least url"))
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
    boolean http2 = section.field("http2").flatMap(Field::truth).orElse(false);
    List<NamePattern> idempotent =
        section
            .field("idempotent")
            .map(value -> MatchReader.patterns(value, false, "names of tools"))
            .orElse(List.of());
    return section
        .required("url", URL_EXPECTED)
        .flatMap(UpstreamReader::url)
        .map(url ->
            new UpstreamSpec(
                name,
                url,
                revision,
                timeout,
                idleTimeout,
                concurrency,
                http2,
                idempotent,
                section.mark()));
  }

  private static Optional<URI> url(Field field) {
    Optional<String> text = field.text(URL_EXPECTED);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI url = new URI(text.get());
      if (url.getRawUserInfo() != null) {
        field.problem("found a user or password in the URL (not shown), expected " + URL_EXPECTED);
        return Optional.empty();
      }
      return usable(url) ? Optional.of(url) : field.mismatch(URL_EXPECTED);
    } catch (URISyntaxException broken) {
      return field.mismatch(URL_EXPECTED);
    }
  }

  private static boolean usable(URI url) {
    String scheme = url.getScheme();
    return scheme != null
        && List.of("http", "https").contains(scheme.toLowerCase(Locale.ROOT))
        && url.getHost() != null
        && url.getPort() != 0
        && url.getPort() <= 65_535
        && url.getRawFragment() == null;
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
