package dev.turnpike.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** What names may look like, and reading mappings from names. */
final class Names {
  /** Of upstreams and endpoints: they stand in paths, headers and metrics. */
  static final Pattern SHORT = Pattern.compile("[a-z0-9-]{1,32}");

  /** Of rules and budgets: they stand in logs and headers. */
  static final Pattern LONG = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private static final String EXPECTED = "a mapping with at least one name";

  private Names() {}

  /** Reads every member of a mapping from names to something. */
  static <T> Map<String, T> entries(Field field, BiFunction<String, Field, Optional<T>> reader) {
    Map<String, T> entries = new LinkedHashMap<>();
    Optional<Piece.Members> members = field.members(EXPECTED);
    if (members.isPresent() && members.get().members().isEmpty()) {
      field.mismatch(EXPECTED);
    }
    for (Piece.Member member : members.map(Piece.Members::members).orElse(List.of())) {
      String path = Section.below(field.path(), member.key());
      if (!SHORT.matcher(member.key()).matches()) {
        field
            .problems()
            .add(
                member.mark(),
                path,
                "found the name "
                    + Quoted.of(member.key())
                    + ", expected 1 to 32 of a-z, 0-9 and -");
      }
      reader
          .apply(member.key(), new Field(path, member.value(), field.problems()))
          .ifPresent(entry -> entries.put(member.key(), entry));
    }
    return entries;
  }

  /** The names that a mapping gives, also to what is wrong. */
  static Set<String> given(Optional<Field> field) {
    Set<String> names = new LinkedHashSet<>();
    if (field.isPresent() && field.get().piece() instanceof Piece.Members members) {
      members.members().forEach(member -> names.add(member.key()));
    }
    return names;
  }

  /** Reads {@code name} of entries of a list, and tells of one that an earlier entry has. */
  static final class Unique {
    private final Map<String, Mark> taken = new HashMap<>();

    Optional<String> read(Section section) {
      Optional<Field> field =
          section.required("name", "1 to 64 of A-Z, a-z, 0-9, dot, _ and -, quoted if a number");
      Optional<String> name = field.flatMap(Unique::name);
      name.ifPresent(text -> {
        Mark mark = field.orElseThrow().mark();
        Mark first = taken.putIfAbsent(text, mark);
        if (first != null) {
          field
              .orElseThrow()
              .problem(
                  "found the name "
                      + Quoted.of(text)
                      + " a second time; it is given first at "
                      + first);
        }
      });
      return name;
    }

    private static Optional<String> name(Field field) {
      String expected = "1 to 64 of A-Z, a-z, 0-9, dot, _ and -";
      Optional<String> text = field.text(expected);
      return text.isPresent() && !LONG.matcher(text.get()).matches()
          ? field.mismatch(expected)
          : text;
    }
  }
}
