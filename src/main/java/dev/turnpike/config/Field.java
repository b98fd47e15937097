package dev.turnpike.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A value of a known key. Reads it as one type or another; where it is not of that type, tells so
 * and is empty.
 */
record Field(String path, Piece piece, Problems problems) {
  /** Longer ones serve nobody, and overflow what counts milliseconds. */
  private static final Duration LONGEST = Duration.ofDays(366);

  Mark mark() {
    return piece.mark();
  }

  void problem(String message) {
    problems.add(mark(), path, message);
  }

  /** Tells that something else was found, unless that is told already. */
  <T> Optional<T> mismatch(String expected) {
    if (!(piece instanceof Piece.Broken)) {
      problem("found " + piece.found() + ", expected " + expected);
    }
    return Optional.empty();
  }

  Optional<Section> section(Keys keys) {
    return members("a mapping with the keys " + String.join(", ", keys.known()))
        .map(members -> new Section(keys, path, members, problems));
  }

  Optional<Piece.Members> members(String expected) {
    return piece instanceof Piece.Members members ? Optional.of(members) : mismatch(expected);
  }

  boolean isList() {
    return piece instanceof Piece.Items;
  }

  /** The items of a list; none when it is not a list. */
  List<Field> items(String expected) {
    if (!(piece instanceof Piece.Items list)) {
      mismatch(expected);
      return List.of();
    }
    List<Field> fields = new ArrayList<>();
    for (Piece item : list.items()) {
      fields.add(new Field(path + "[" + fields.size() + "]", item, problems));
    }
    return fields;
  }

  /** A text that is not blank. */
  Optional<String> text(String expected) {
    if (piece instanceof Piece.Scalar scalar && scalar.isText() && !scalar.text().isBlank()) {
      return Optional.of(scalar.text());
    }
    boolean otherType =
        piece instanceof Piece.Scalar scalar && !scalar.isText() && !scalar.isNothing();
    return mismatch(expected + (otherType ? " (to write it as a text, quote it)" : ""));
  }

  /** A text that is not blank, with the place of its first character. */
  Optional<Written<String>> written(String expected) {
    Mark begin = piece instanceof Piece.Scalar scalar ? scalar.begin() : mark();
    return text(expected).map(text -> new Written<>(text, begin));
  }

  /** Arithmetic: a text that is not blank, or a number that needs no quotes. */
  Optional<Written<String>> formula(String expected) {
    return piece instanceof Piece.Scalar scalar
            && scalar.form() == Piece.Scalar.Form.PLAIN
            && scalar.isNumber()
        ? Optional.of(new Written<>(scalar.text(), scalar.begin()))
        : written(expected);
  }

  /** One value of any type that a parser takes by its text. */
  <T> Optional<T> parsed(String expected, Function<String, Optional<T>> parser) {
    if (piece instanceof Piece.Scalar scalar) {
      Optional<T> value = parser.apply(scalar.text());
      if (value.isPresent()) {
        return value;
      }
    }
    return mismatch(expected);
  }

  Optional<Boolean> truth() {
    return unquoted(
        "true or false",
        text ->
            switch (text) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            });
  }

  Optional<Long> number(long least, long most) {
    return unquoted(
        "a whole number from " + least + " to " + most,
        text ->
            text.matches("[0-9]{1,18}")
                ? Optional.of(Long.parseLong(text)).filter(n -> n >= least && n <= most)
                : Optional.empty());
  }

  /** A sum of money, in millionths. */
  Optional<Long> millionths() {
    return unquoted(
        "a number from 0.000001 to 999999999 with at most 6 decimals, such as 2.50",
        text ->
            text.matches("[0-9]{1,9}(\\.[0-9]{1,6})?")
                ? Optional.of(new BigDecimal(text).movePointRight(6).longValueExact())
                    .filter(n -> n > 0)
                : Optional.empty());
  }

  /** More than nothing, at most a year. */
  Optional<Duration> duration() {
    return duration(Durations.EXPECTED);
  }

  Optional<Duration> duration(String expected) {
    return parsed(
        expected + ", more than zero and at most 366d",
        text ->
            Durations.parse(text)
                .filter(value -> value.isPositive() && value.compareTo(LONGEST) <= 0));
  }

  <T> Optional<T> choice(Map<String, T> choices) {
    String hint =
        piece instanceof Piece.Scalar scalar && scalar.form() != Piece.Scalar.Form.REPLACED
            ? Nearest.hint(scalar.text(), choices.keySet())
            : "";
    return parsed(
        "one of " + String.join(", ", choices.keySet()) + hint,
        text -> Optional.ofNullable(choices.get(text)));
  }

  private <T> Optional<T> unquoted(String expected, Function<String, Optional<T>> parser) {
    return piece instanceof Piece.Scalar scalar && scalar.form() == Piece.Scalar.Form.QUOTED
        ? mismatch(expected + ", without quotes")
        : parsed(expected, parser);
  }
}
