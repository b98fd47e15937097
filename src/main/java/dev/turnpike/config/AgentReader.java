package dev.turnpike.config;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads how an agent is reached: {@code a2a} of an entry of {@code upstreams}. */
final class AgentReader {
  private static final String EXPECTED =
      "a list of origins, such as [\"https://agent.example\"], or no such key at all";

  private AgentReader() {}

  static Optional<UpstreamSpec> read(String name, Section section) {
    Limits limits = Limits.read(section);
    boolean http2 = section.field("http2").flatMap(Field::truth).orElse(false);
    Set<String> origins = section.field("origins").map(AgentReader::origins).orElse(Set.of());
    return section
        .required("card", "the URL of the agent's card")
        .flatMap(field -> Urls.read(field, "http://127.0.0.1:9999/.well-known/agent-card.json"))
        .map(card ->
            new UpstreamSpec(
                name,
                new Reach.Card(card, origins, http2),
                new RevisionPin.Auto(),
                limits.timeout(),
                limits.idleTimeout(),
                limits.concurrency(),
                List.of(),
                section.mark()));
  }

  private static Set<String> origins(Field field) {
    Set<String> origins = new LinkedHashSet<>();
    List<Field> items = field.items(EXPECTED);
    for (Field item : items) {
      Urls.read(item, "https://agent.example")
          .filter(url -> bare(url, item))
          .ifPresent(url -> origins.add(Reach.origin(url)));
    }
    if (items.isEmpty() && field.isList()) {
      field.mismatch(EXPECTED);
    }
    return origins;
  }

  // who writes a path expects it to count
  private static boolean bare(URI url, Field item) {
    boolean bare =
        (url.getRawPath().isEmpty() || url.getRawPath().equals("/")) && url.getRawQuery() == null;
    if (!bare) {
      item.problem("found a path, expected an origin: scheme, host and port alone");
    }
    return bare;
  }
}
