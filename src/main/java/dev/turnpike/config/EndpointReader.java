package dev.turnpike.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one entry of {@code endpoints}. */
final class EndpointReader {
  private static final String EXPECTED = "a list with names of upstreams, such as [demo]";

  private static final int MOST = 100;

  private final Map<String, Optional<Wire>> upstreams;

  /**
   * @param upstreams every name given in {@code upstreams}, with what it is where that can be told
   */
  EndpointReader(Map<String, Optional<Wire>> upstreams) {
    this.upstreams = upstreams;
  }

  Optional<EndpointSpec> read(String name, Field field) {
    Optional<Section> outer = field.section(Keys.ENDPOINT);
    if (outer.isEmpty()) {
      return Optional.empty();
    }
    Section section = outer.get();
    boolean anonymous = section.field("anonymous").flatMap(Field::truth).orElse(false);
    return Wires.of(section, "a mapping with upstreams, or a2a with one upstream")
        .flatMap(wire ->
            switch (wire) {
              case MCP -> tools(name, section, anonymous);
              case A2A -> agent(name, section, anonymous);
            });
  }

  private Optional<EndpointSpec> tools(String name, Section section, boolean anonymous) {
    Optional<Section> mcp = section.field("mcp").flatMap(value -> value.section(Keys.ENDPOINT_MCP));
    Optional<ToolsSpec> tools =
        mcp.flatMap(found -> found.field("tools")).flatMap(new ToolsReader()::read);
    return mcp.flatMap(found -> found.required("upstreams", EXPECTED))
        .flatMap(this::upstreams)
        .map(names -> new EndpointSpec(name, Wire.MCP, names, tools, anonymous, section.mark()));
  }

  private Optional<EndpointSpec> agent(String name, Section section, boolean anonymous) {
    String expected = "the name of an upstream";
    return section
        .field("a2a")
        .flatMap(value -> value.section(Keys.ENDPOINT_A2A))
        .flatMap(found -> found.required("upstream", expected))
        .flatMap(field -> {
          Optional<String> given = field.text(expected);
          given.ifPresent(upstream -> check(field, upstream, Wire.A2A));
          return given;
        })
        .map(upstream ->
            new EndpointSpec(
                name, Wire.A2A, List.of(upstream), Optional.empty(), anonymous, section.mark()));
  }

  /** Tells of a name that is nobody's, or that of an upstream of the other protocol. */
  private void check(Field field, String given, Wire wire) {
    if (!upstreams.containsKey(given)) {
      field.problem(
          "found "
              + Quoted.of(given)
              + ", expected the name of an entry of upstreams"
              + Nearest.hint(given, upstreams.keySet()));
      return;
    }
    upstreams
        .getOrDefault(given, Optional.empty())
        .filter(is -> is != wire)
        .ifPresent(is ->
            field.problem(
                "found "
                    + Quoted.of(given)
                    + ", which is an upstream with "
                    + is.word()
                    + ", expected one with "
                    + wire.word()));
  }

  private Optional<List<String>> upstreams(Field field) {
    List<Field> items = field.items(EXPECTED);
    List<String> names = new ArrayList<>();
    for (Field item : items) {
      Optional<String> name = item.text("the name of an upstream");
      name.ifPresent(given -> {
        check(item, given, Wire.MCP);
        if (upstreams.containsKey(given) && names.contains(given)) {
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
