package dev.turnpike.config;

import java.util.List;
import java.util.regex.Pattern;

/** A piece of the file as written, with its place. */
sealed interface Piece {
  Mark mark();

  /** In words, for a message: what was found. */
  String found();

  /**
   * One value. Its type is judged by the core schema of YAML 1.2: {@code yes} is a text.
   *
   * @param begin the place of its first character, which is after the quote where there is one
   */
  record Scalar(String text, Form form, Mark mark, Mark begin) implements Piece {
    private static final Pattern NOTHING = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern TRUTH = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern NUMBER =
        Pattern.compile(
            "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
                + "|[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"
                + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    /** How it came to be. */
    enum Form {
      PLAIN,
      QUOTED,
      /** A part of it came from the environment: it may be of any type, and may be a secret. */
      REPLACED
    }

    boolean isNothing() {
      return form == Form.PLAIN && NOTHING.matcher(text).matches();
    }

    /** Whether it may be read as a text: what YAML takes for another type must be quoted. */
    boolean isText() {
      return form != Form.PLAIN || !(isNothing() || isTruth() || isNumber());
    }

    private boolean isTruth() {
      return TRUTH.matcher(text).matches();
    }

    boolean isNumber() {
      return NUMBER.matcher(text).matches();
    }

    @Override
    public String found() {
      if (form == Form.REPLACED) {
        return "a value from the environment (not shown)";
      }
      if (isNothing()) {
        return "nothing";
      }
      if (isText()) {
        return "the text " + Quoted.of(text);
      }
      return (isTruth() ? "the truth value " : "the number ") + Quoted.bare(text);
    }
  }

  /** A list. */
  record Items(List<Piece> items, Mark mark) implements Piece {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String found() {
      return items.isEmpty() ? "an empty list" : "a list";
    }
  }

  /** A mapping; no key occurs twice. */
  record Members(List<Member> members, Mark mark) implements Piece {
    public Members {
      members = List.copyOf(members);
    }

    @Override
    public String found() {
      return members.isEmpty() ? "an empty mapping" : "a mapping";
    }
  }

  /** A place whose problem is already told; whoever meets it says nothing more. */
  record Broken(Mark mark) implements Piece {
    @Override
    public String found() {
      return "something broken";
    }
  }

  /** A key with its value. */
  record Member(String key, Mark mark, Piece value) {}
}
