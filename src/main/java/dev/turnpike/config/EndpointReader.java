package dev.turnpike.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one entry of {@code endpoints}. */
final class EndpointReader {
  private static final String EXPECTED = "a list with names of upstreams, such as [demo]";

  private static final int MOST = 100;

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
    Optional<Section> mcp =
        section
            .required("mcp", "a mapping with upstreams")
            .flatMap(value -> value.section(Keys.ENDPOINT_MCP));
    Optional<ToolsSpec> tools =
        mcp.flatMap(found -> found.field("tools")).flatMap(new ToolsReader()::read);
    return mcp.flatMap(found -> found.required("upstreams", EXPECTED))
        .flatMap(this::upstreams)
        .map(names -> new EndpointSpec(name, names, tools, anonymous, section.mark()));
  }

  private Optional<List<String>> upstreams(Field field) {
    List<Field> items = field.items(EXPECTED);
    List<String> names = new ArrayList<>();
    for (Field item : items) {
      Optional<String> name = item.text("the name of an upstream");
      name.ifPresent(given -> {
        if (!upstreams.contains(given)) {
          item.problem(
              "found "
                  + Quoted.of(given)
                  + ", expected the name of an entry of upstreams"
                  + Nearest.hint(given, upstreams));
        } else if (names.contains(given)) {
          item.problem("found " + Quoted.of(given) + " a second time, expected each upstream once");
        }
        names.add(given);
      });
    }
    if (names.size() > MOST) {
      field.problem("found " + names.size() + " upstreams, expected at most " + MOST);
    }
    boolean emptyList = field.piece() instanceof Piece.Items && items.isEmpty();
    return emptyList
        ? field.mismatch(EXPECTED)
        : names.isEmpty() ? Optional.empty() : Optional.of(names);
  }
}
