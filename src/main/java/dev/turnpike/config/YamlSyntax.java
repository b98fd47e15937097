package dev.turnpike.config;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Passes over the events of a text before anything is built from it: what is not YAML, too large,
 * too deep, or uses what makes YAML more than data (anchors, aliases, tags, several documents) ends
 * here.
 */
final class YamlSyntax {
  /** Bytes of UTF-8. */
  static final int LARGEST = 1 << 20;

  /** Levels of lists and mappings; the deepest known key is at six. */
  static final int DEEPEST = 24;

  private final String file;
  private final Problems problems;
  private int depth;
  private int documents;
  private boolean empty = true;

  /** Where the event before the one that is read ended. */
  private Mark last;

  YamlSyntax(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
    this.last = new Mark(file, 1, 1);
  }

  static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LARGEST);
    options.setNestingDepthLimit(DEEPEST + 1);
    options.setProcessComments(false);
    return options;
  }

  static Mark mark(String file, org.yaml.snakeyaml.error.@Nullable Mark mark) {
    return mark == null
        ? new Mark(file, 1, 1)
        : new Mark(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** Whether a tree may be made of it. What speaks against it is told. */
  boolean accepts(String text) {
    if (text.length() > LARGEST || text.getBytes(StandardCharsets.UTF_8).length > LARGEST) {
      tell(new Mark(file, 1, 1), "found more than 1 MiB, expected a smaller file");
      return false;
    }
    if (!printable(text)) {
      return false;
    }
    boolean readable = true;
    try {
      Parser parser = new ParserImpl(new StreamReader(text), options());
      Event event = parser.getEvent();
      while (event != null && readable) {
        readable = take(event);
        event = parser.getEvent();
      }
    } catch (MarkedYAMLException broken) {
      tell(mark(file, broken.getProblemMark()), message(broken, text));
      return false;
    } catch (YAMLException | IllegalArgumentException broken) {
      // the parser lets out what Java says of an escape that is no character, without a place
      tell(last, Quoted.line("not valid YAML soon after this place: " + broken.getMessage()));
      return false;
    }
    if (readable && documents < 2 && empty) {
      tell(
          new Mark(file, 1, 1),
          "the file is empty, expected at least the keys upstreams and endpoints");
      return false;
    }
    return readable && problems.none();
  }

  /** False when there is no use in reading on. */
  private boolean take(Event event) {
    Mark mark = mark(file, event.getStartMark());
    last = mark(file, event.getEndMark());
    if (event instanceof DocumentStartEvent && ++documents == 2) {
      tell(mark, "found a second document (after ---), expected one");
      return false;
    }
    if (event instanceof NodeEvent node) {
      takeNode(node, mark);
    }
    if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
      tell(mark, "found more than " + DEEPEST + " levels of lists and mappings");
      return false;
    }
    if (event instanceof CollectionEndEvent) {
      depth--;
    }
    return true;
  }

  private void takeNode(NodeEvent node, Mark mark) {
    if (node.getAnchor() != null) {
      boolean alias = node instanceof AliasEvent;
      tellMoreThanData(mark, alias ? "alias" : "anchor", alias ? "*" : "&", node.getAnchor());
    }
    String tag =
        switch (node) {
          case ScalarEvent scalar -> scalar.getTag();
          case CollectionStartEvent collection -> collection.getTag();
          default -> null;
        };
    if (tag != null) {
      tellMoreThanData(mark, "tag", "!", tag);
    }
    boolean nothing =
        node instanceof ScalarEvent scalar
            && new Piece.Scalar(
                    scalar.getValue(),
                    scalar.isPlain() ? Piece.Scalar.Form.PLAIN : Piece.Scalar.Form.QUOTED,
                    mark,
                    mark)
                .isNothing();
    empty &= nothing;
  }

  private void tellMoreThanData(Mark mark, String what, String sign, String name) {
    String shown = what.equals("tag") ? name : sign + name;
    tell(
        mark,
        "found the "
            + what
            + " "
            + Quoted.bare(shown)
            + ", expected plain data; a text that begins with "
            + sign
            + " must be in quotes");
  }

  private boolean printable(String text) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (!StreamReader.isPrintable(c)) {
        tell(
            new Mark(file, line, column),
            "found the character "
                + Quoted.bare(Character.toString(c))
                + ", which YAML does not take; in a quoted text write it as an escape");
        return false;
      }
      line += c == '\n' ? 1 : 0;
      column = c == '\n' ? 1 : column + 1;
    }
    return true;
  }

  private static String message(MarkedYAMLException broken, String text) {
    String problem = "" + broken.getProblem();
    String context = "" + broken.getContext();
    StringBuilder out = new StringBuilder("not valid YAML: ").append(problem);
    if (broken.getContext() != null) {
      out.append(", ").append(context);
    }
    if (broken.getContextMark() != null) {
      out.append(" that begins at line ").append(broken.getContextMark().getLine() + 1);
    }
    if (problem.contains("TAB")) {
      out.append("; indent with spaces");
    } else if (context.contains("alias")) {
      out.append("; a text that begins with * must be in quotes");
    } else if (problem.endsWith("but got {") && precededByDollar(broken, text)) {
      out.append("; inside [ ] and { } put ${NAME} in quotes");
    }
    return Quoted.line(out.toString());
  }

  private static boolean precededByDollar(MarkedYAMLException broken, String text) {
    org.yaml.snakeyaml.error.Mark place = broken.getProblemMark();
    return place != null
        && text.codePoints().skip(Math.max(0, place.getIndex() - 1)).findFirst().orElse(0) == '$';
  }

  private void tell(Mark mark, String message) {
    problems.add(mark, Problems.WHOLE_FILE, message);
  }
}
