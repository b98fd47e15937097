package dev.turnpike.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads the text of {@code turnpike.yaml}. */
public final class ConfigReader {
  private ConfigReader() {}

  /**
   * The checked content of the file.
   *
   * @param text at most 1 MiB of UTF-8
   * @param file its name as it shall stand in messages
   * @param environment the value of a variable, or null where it is not set
   * @throws ConfigRejected with every problem that was found, in the order of the file
   */
  public static Setup read(String text, String file, UnaryOperator<@Nullable String> environment)
      throws ConfigRejected {
    Problems problems = new Problems();
    Optional<Section> top =
        new YamlTree(file, new Environment(environment), problems)
            .read(text)
            .map(root -> new Field("", root, problems))
            .flatMap(root -> root.section(Keys.FILE));
    Optional<Setup> setup = top.map(ConfigReader::setup);
    problems.rejectIfAny();
    return setup.orElseThrow();
  }

  private static Setup setup(Section top) {
    Map<String, Optional<Wire>> upstreams = Wires.given(top.field("upstreams"));
    MatchReader matches = new MatchReader(Names.given(top.field("endpoints")));
    Map<String, UpstreamSpec> readUpstreams =
        top.required("upstreams", "at least one, which endpoints can name")
            .map(field -> Names.entries(field, UpstreamReader::read))
            .orElse(Map.of());
    Map<String, EndpointSpec> readEndpoints =
        top.required("endpoints", "at least one: without it nothing is served")
            .map(field -> Names.entries(field, new EndpointReader(upstreams)::read))
            .orElse(Map.of());
    return new Setup(
        readUpstreams,
        readEndpoints,
        entries(top, "rules", new RuleReader(matches)::read),
        entries(top, "budgets", new BudgetReader(matches, priced(top))::read),
        new AuditSpec(
            top.field("audit")
                .flatMap(field -> field.section(Keys.AUDIT))
                .flatMap(section -> section.field("required"))
                .flatMap(Field::truth)
                .orElse(false)),
        entries(top, "prices", new PriceReader(matches)::read));
  }

  /** Whether prices are given, also where something is wrong with them. */
  private static boolean priced(Section top) {
    return top.field("prices")
        .filter(field -> !(field.piece() instanceof Piece.Items(var items, _)) || !items.isEmpty())
        .isPresent();
  }

  private static <T> List<T> entries(Section top, String key, Function<Field, Optional<T>> reader) {
    List<T> entries = new ArrayList<>();
    top.field(key)
        .ifPresent(field ->
            field
                .items("a list of " + key + "; leave the key out where there are none")
                .forEach(item -> reader.apply(item).ifPresent(entries::add)));
    return entries;
  }
}
