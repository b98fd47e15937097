package dev.turnpike.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads entries of {@code prices}. */
final class PriceReader {
  // gpt-4 would be gpt less 4
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");

  private static final Set<String> WORDS =
      Set.of(
          "input",
          "output",
          "cached",
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");

  private final Names.Unique names = new Names.Unique();
  private final MatchReader matches;

  PriceReader(MatchReader matches) {
    this.matches = matches;
  }

  Optional<PriceSpec> read(Field field) {
    Optional<Section> outer = field.section(Keys.PRICE);
    if (outer.isEmpty()) {
      return Optional.empty();
    }
    Section section = outer.get();
    Optional<String> name =
        names.read(section).flatMap(text -> nameable(section.field("name").orElseThrow(), text));
    MatchSpec match = section.field("match").flatMap(matches::read).orElse(MatchSpec.ALL);
    List<NamePattern> models =
        section
            .field("models")
            .map(value -> MatchReader.patterns(value, false, "names of models"))
            .orElse(List.of());
    Optional<Written<String>> cost =
        section
            .required("cost", BudgetReader.COST_EXPECTED)
            .flatMap(value -> value.formula(BudgetReader.COST_EXPECTED));
    return name.flatMap(
        text -> cost.map(formula -> new PriceSpec(text, match, models, formula, section.mark())));
  }

  private static Optional<String> nameable(Field field, String name) {
    if (WORDS.contains(name)) {
      field.problem(
          "found the name "
              + Quoted.of(name)
              + ", which means something else in arithmetic, expected another");
      return Optional.empty();
    }
    return NAME.matcher(name).matches()
        ? Optional.of(name)
        : field.mismatch(
            "1 to 64 of A-Z, a-z, 0-9 and _ that begin with no digit: it stands in arithmetic");
  }
}
