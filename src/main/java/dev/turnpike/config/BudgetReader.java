package dev.turnpike.config;

import java.util.Optional;

/** Reads entries of {@code budgets}. */
final class BudgetReader {
  /** The most that an integer in a structured header may be (RFC 9651 3.3.1). */
  private static final long MOST = 999_999_999_999_999L;

  static final String COST_EXPECTED = "arithmetic over input, output and cached, as a text";

  private static final String WINDOW_EXPECTED = Durations.EXPECTED + ", or day or month";

  private final Names.Unique names = new Names.Unique();
  private final MatchReader matches;
  private final boolean priced;

  /**
   * @param priced whether the file has prices
   */
  BudgetReader(MatchReader matches, boolean priced) {
    this.matches = matches;
    this.priced = priced;
  }

  Optional<BudgetSpec> read(Field field) {
    Optional<Section> outer = field.section(Keys.BUDGET);
    if (outer.isEmpty()) {
      return Optional.empty();
    }
    Section section = outer.get();
    Optional<String> name = names.read(section);
    Optional<Written<String>> per =
        section.field("per").flatMap(value -> value.written("an expression in CEL, as a text"));
    MatchSpec match = section.field("match").flatMap(matches::read).orElse(MatchSpec.ALL);
    BudgetSpec.Unit unit =
        section
            .field("unit")
            .flatMap(value -> value.choice(Choices.UNITS))
            .orElse(BudgetSpec.Unit.TOKENS);
    Optional<Long> limit = limit(section, unit);
    Optional<Written<String>> cost = section.field("cost").flatMap(value -> cost(value, unit));
    if (unit == BudgetSpec.Unit.MONEY && section.field("cost").isEmpty() && !priced) {
      section.missing(
          "cost",
          "is missing, and prices at the top of the file are, expected one of them:"
              + " unit: money needs to know what a call costs");
    }
    boolean hard = section.field("hard").flatMap(Field::truth).orElse(false);
    boolean exact = section.field("exact").flatMap(Field::truth).orElse(false);
    Optional<BudgetSpec.Window> window = window(section, unit);
    boolean observe =
        section.field("mode").flatMap(value -> value.choice(Choices.MODES)).orElse(false);
    boolean inBand =
        section.field("over").flatMap(value -> value.choice(Choices.OVER)).orElse(false);
    boolean cut =
        section.field("outgrown").flatMap(value -> value.choice(Choices.OUTGROWN)).orElse(false);
    if (name.isEmpty() || limit.isEmpty() || window.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new BudgetSpec(
            name.get(),
            per,
            match,
            limit.get(),
            unit,
            cost,
            window.get(),
            hard,
            exact,
            observe,
            inBand,
            cut,
            section.mark()));
  }

  private static Optional<Long> limit(Section section, BudgetSpec.Unit unit) {
    return switch (unit) {
      case TOKENS, CALLS, CONCURRENT ->
          section.required("limit", "a whole number").flatMap(value -> value.number(1, MOST));
      case MONEY -> section.required("limit", "a number such as 2.50").flatMap(Field::millionths);
    };
  }

  private static Optional<Written<String>> cost(Field field, BudgetSpec.Unit unit) {
    return switch (unit) {
      case TOKENS, MONEY -> field.formula(COST_EXPECTED);
      case CALLS -> oneForEach(field, "calls");
      case CONCURRENT -> oneForEach(field, "concurrent");
    };
  }

  private static Optional<Written<String>> oneForEach(Field field, String unit) {
    field.problem("counts tokens, and with unit: " + unit + " each call is one; leave it out");
    return Optional.empty();
  }

  private static Optional<BudgetSpec.Window> window(Section section, BudgetSpec.Unit unit) {
    return switch (unit) {
      case TOKENS, CALLS, MONEY ->
          section.required("window", WINDOW_EXPECTED).flatMap(BudgetReader::window);
      case CONCURRENT -> {
        if (section.keyMark("window").isPresent()) {
          section.problem(
              "window",
              "unit: concurrent counts calls that are under way, each until it ends; leave it out");
        }
        yield Optional.of(new BudgetSpec.Window.Open());
      }
    };
  }

  private static Optional<BudgetSpec.Window> window(Field field) {
    String text = field.piece() instanceof Piece.Scalar scalar ? scalar.text() : "";
    return switch (text) {
      case "day" -> Optional.of(new BudgetSpec.Window.Day());
      case "month" -> Optional.of(new BudgetSpec.Window.Month());
      default ->
          field
              .duration(WINDOW_EXPECTED)
              .map(length -> (BudgetSpec.Window) new BudgetSpec.Window.Rolling(length));
    };
  }
}
