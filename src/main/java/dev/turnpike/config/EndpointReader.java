package dev.turnpike.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one entry of {@code endpoints}. */
final class EndpointReader {
  private static final String EXPECTED = "a list with the name of one upstream, such as [demo]";

  private final Set<String> upstreams;

  /**
   * @param upstreams every name given in {@code upstreams}
   */
  EndpointReader(Set<String> upstreams) {
    this.upstreams = upstreams;
  }

  Optional<EndpointSpec> read(String name, Field field) {
    Optional<Section> outer = field.section(Keys.ENDPOINT);
    if (outer.isEmpty()) {
      return Optional.empty();
    }
    Section section = outer.get();
    boolean anonymous = section.field("anonymous").flatMap(Field::truth).orElse(false);
    return section
        .required("mcp", "a mapping with upstreams")
        .flatMap(value -> value.section(Keys.ENDPOINT_MCP))
        .flatMap(mcp -> mcp.required("upstreams", EXPECTED))
        .flatMap(this::upstream)
        .map(upstream -> new EndpointSpec(name, List.of(upstream), anonymous, section.mark()));
  }

  private Optional<String> upstream(Field field) {
    List<Field> items = field.items(EXPECTED);
    if (items.size() > 1) {
      field.problem(Later.FEDERATION.reason());
    }
    Optional<String> first = Optional.empty();
    for (Field item : items.reversed()) {
      first = item.text("the name of an upstream");
      first
          .filter(name -> !upstreams.contains(name))
          .ifPresent(name ->
              item.problem(
                  "found "
                      + Quoted.of(name)
                      + ", expected the name of an entry of upstreams"
                      + Nearest.hint(name, upstreams)));
    }
    boolean emptyList = field.piece() instanceof Piece.Items && items.isEmpty();
    return emptyList ? field.mismatch(EXPECTED) : first;
  }
}
