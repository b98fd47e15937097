package dev.turnpike.config;

import dev.turnpike.exchange.Target;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads which calls are meant: the value of {@code allow}, {@code deny} or {@code match}. */
final class MatchReader {
  static final int LONGEST_PATTERN = 1024;

  private final Set<String> endpoints;

  /**
   * @param endpoints every name given in {@code endpoints}
   */
  MatchReader(Set<String> endpoints) {
    this.endpoints = endpoints;
  }

  Optional<MatchSpec> read(Field field) {
    return field
        .section(Keys.MATCH)
        .map(section -> {
          Map<Target.Kind, List<NamePattern>> targets = new EnumMap<>(Target.Kind.class);
          add(section, "tools", Target.Kind.TOOL, targets);
          add(section, "prompts", Target.Kind.PROMPT, targets);
          add(section, "resources", Target.Kind.RESOURCE, targets);
          add(section, "operations", Target.Kind.OPERATION, targets);
          return new MatchSpec(endpoints(section), targets);
        });
  }

  private static void add(
      Section section, String key, Target.Kind kind, Map<Target.Kind, List<NamePattern>> targets) {
    boolean uri = kind == Target.Kind.RESOURCE;
    section
        .field(key)
        .ifPresent(
            field -> targets.put(kind, patterns(field, uri, uri ? "URIs" : "names of " + key)));
  }

  private List<NamePattern> endpoints(Section section) {
    Optional<Field> field = section.field("endpoints");
    if (field.isEmpty()) {
      return List.of();
    }
    List<NamePattern> patterns = new ArrayList<>();
    for (Field item : field.get().items(expected("names of endpoints"))) {
      pattern(item, false)
          .ifPresent(pattern -> {
            patterns.add(pattern);
            if (pattern.literal() && !endpoints.contains(pattern.text())) {
              item.problem(
                  "found "
                      + Quoted.of(pattern.text())
                      + ", expected the name of an entry of endpoints, or a pattern with *"
                      + Nearest.hint(pattern.text(), endpoints));
            }
          });
    }
    refuseEmpty(field.get(), "names of endpoints");
    return patterns;
  }

  /** A list of at least one pattern. */
  static List<NamePattern> patterns(Field field, boolean uri, String what) {
    List<NamePattern> patterns = new ArrayList<>();
    for (Field item : field.items(expected(what))) {
      pattern(item, uri).ifPresent(patterns::add);
    }
    refuseEmpty(field, what);
    return patterns;
  }

  /** Nobody should have to know whether an empty list means everything or nothing. */
  private static void refuseEmpty(Field field, String what) {
    if (field.piece() instanceof Piece.Items list && list.items().isEmpty()) {
      field.mismatch(expected(what) + ", or no such key at all");
    }
  }

  private static Optional<NamePattern> pattern(Field item, boolean uri) {
    String expected = "a pattern of at most " + LONGEST_PATTERN + " characters";
    Optional<String> text = item.text(expected);
    return text.isPresent() && text.get().length() > LONGEST_PATTERN
        ? item.mismatch(expected)
        : text.map(value -> new NamePattern(value, uri));
  }

  private static String expected(String what) {
    return "a list of patterns over " + what;
  }
}
