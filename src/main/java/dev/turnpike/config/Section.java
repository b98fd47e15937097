package dev.turnpike.config;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A mapping whose keys are known. Tells of every key that is not when it is opened. */
final class Section {
  private final Keys keys;
  private final String path;
  private final Piece.Members members;
  private final Problems problems;

  /** Known keys that a misspelt or misplaced one most likely stands for. */
  private final Set<String> meant = new HashSet<>();

  Section(Keys keys, String path, Piece.Members members, Problems problems) {
    this.keys = keys;
    this.path = path;
    this.members = members;
    this.problems = problems;
    for (Piece.Member member : members.members()) {
      if (!keys.known().contains(member.key())) {
        tellUnknown(member);
      }
    }
  }

  /** The path of a key below another. */
  static String below(String path, String key) {
    return path.isEmpty() ? Quoted.bare(key) : path + "." + Quoted.bare(key);
  }

  Mark mark() {
    return members.mark();
  }

  String path() {
    return path;
  }

  /** The value of a key, where it is given. */
  Optional<Field> field(String key) {
    return member(key).map(member -> new Field(below(path, key), member.value(), problems));
  }

  /** Where the key itself stands, if it does. */
  Optional<Mark> keyMark(String key) {
    return member(key).map(Piece.Member::mark);
  }

  /** The value of a key that must be given; where it is not, that is told. */
  Optional<Field> required(String key, String expected) {
    Optional<Field> field = field(key);
    if (field.isEmpty()) {
      missing(key, "is missing, expected " + expected);
    }
    return field;
  }

  /** Tells that a key is missing, unless the one who wrote a similar key is told already. */
  void missing(String key, String message) {
    if (!meant.contains(key)) {
      problems.add(mark(), path, key + " " + message);
    }
  }

  /** Tells what is wrong with a key as such. */
  void problem(String key, String message) {
    problems.add(keyMark(key).orElse(mark()), below(path, key), message);
  }

  private Optional<Piece.Member> member(String key) {
    if (!keys.known().contains(key)) {
      throw new IllegalArgumentException(key + " is no key of " + keys);
    }
    return members.members().stream().filter(member -> member.key().equals(key)).findFirst();
  }

  private void tellUnknown(Piece.Member member) {
    String key = member.key();
    Optional<Later> later = keys.later(key);
    String message;
    if (later.isPresent()) {
      message = later.get().reason();
    } else {
      Optional<String> near = Nearest.to(key, keys.known());
      near.ifPresent(meant::add);
      message =
          "unknown key, expected one of "
              + String.join(", ", keys.known())
              + near.map(known -> "; did you mean " + Quoted.of(known) + "?")
                  .or(() -> Keys.homeOf(key).map(home -> "; its place is " + home.place()))
                  .orElse("");
    }
    problems.add(member.mark(), below(path, key), message);
  }
}
