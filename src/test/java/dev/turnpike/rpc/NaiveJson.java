package dev.turnpike.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The slow, obvious twin of the scanner: decodes all, builds the whole tree, then looks. */
public final class NaiveJson {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

  private final String text;
  private final ScanLimits limits;
  private final Strictness strictness;
  private int at;
  private int members;

  /** Spans in characters. The text is that of a string, else empty. */
  public record Tree(
      JsonType type, int key, int start, int end, String text, Map<String, Tree> members) {}

  private NaiveJson(String text, ScanLimits limits, Strictness strictness) {
    this.text = text;
    this.limits = limits;
    this.strictness = strictness;
  }

  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** What is wanted to know of a document, or empty when it is refused. */
  public static Optional<NaiveJson.Document> read(
      byte[] bytes, ScanLimits limits, Strictness strictness) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      NaiveJson reader = new NaiveJson(text, limits, strictness);
      reader.skip();
      Tree tree = reader.value(0, 0);
      reader.skip();
      reader.require(reader.at == text.length());
      return Optional.of(new Document(text, tree));
    } catch (CharacterCodingException | Refused refused) {
      return Optional.empty();
    }
  }

  public record Document(String text, Tree root) {
    public Optional<Tree> find(String... path) {
      Optional<Tree> here = Optional.of(root);
      for (String name : path) {
        here = here.flatMap(tree -> Optional.ofNullable(tree.members().get(name)));
      }
      return here;
    }

    public Span bytes(int from, int to) {
      return new Span(
          text.substring(0, from).getBytes(UTF_8).length,
          text.substring(0, to).getBytes(UTF_8).length);
    }
  }

  private void require(boolean holds) {
    if (!holds) {
      throw new Refused();
    }
  }

  private char peek() {
    require(at < text.length());
    return text.charAt(at);
  }

  private void take(char wanted) {
    require(peek() == wanted);
    at++;
  }

  private void skip() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private Tree value(int key, int depth) {
    int start = at;
    switch (peek()) {
      case '{' -> {
        return object(key, depth + 1);
      }
      case '[' -> {
        array(depth + 1);
        return new Tree(JsonType.ARRAY, key, start, at, "", Map.of());
      }
      case '"' -> {
        String decoded = string();
        return new Tree(JsonType.STRING, key, start, at, decoded, Map.of());
      }
      default -> {
        return scalar(key);
      }
    }
  }

  private Tree scalar(int key) {
    int start = at;
    for (JsonType type : new JsonType[] {JsonType.TRUE, JsonType.FALSE, JsonType.NULL}) {
      String word = type.name().toLowerCase(java.util.Locale.ROOT);
      if (text.startsWith(word, at)) {
        at += word.length();
        return new Tree(type, key, start, at, "", Map.of());
      }
    }
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    require(number.lookingAt());
    at = number.end();
    return new Tree(JsonType.NUMBER, key, start, at, "", Map.of());
  }

  private Tree object(int key, int depth) {
    int start = at;
    require(depth <= limits.depth());
    Map<String, Tree> found = new LinkedHashMap<>();
    take('{');
    skip();
    if (peek() == '}') {
      at++;
      return new Tree(JsonType.OBJECT, key, start, at, "", found);
    }
    while (true) {
      members++;
      require(members <= limits.members());
      int name = at;
      String decoded = string();
      skip();
      take(':');
      skip();
      require(found.put(decoded, value(name, depth)) == null);
      skip();
      if (peek() == '}') {
        at++;
        return new Tree(JsonType.OBJECT, key, start, at, "", found);
      }
      take(',');
      skip();
    }
  }

  private void array(int depth) {
    require(depth <= limits.depth());
    take('[');
    skip();
    if (peek() == ']') {
      at++;
      return;
    }
    while (true) {
      members++;
      require(members <= limits.members());
      value(0, depth);
      skip();
      if (peek() == ']') {
        at++;
        return;
      }
      take(',');
      skip();
    }
  }

  private String string() {
    take('"');
    StringBuilder decoded = new StringBuilder();
    while (peek() != '"') {
      char here = text.charAt(at++);
      require(here >= ' ');
      if (here != '\\') {
        decoded.append(here);
        continue;
      }
      char letter = peek();
      at++;
      if (letter == 'u') {
        require(at + 4 <= text.length());
        String digits = text.substring(at, at + 4);
        require(digits.matches("[0-9a-fA-F]{4}"));
        decoded.append((char) Integer.parseInt(digits, 16));
        at += 4;
      } else {
        int which = "\"\\/bfnrt".indexOf(letter);
        require(which >= 0);
        decoded.append("\"\\/\b\f\n\r\t".charAt(which));
      }
    }
    at++;
    String whole = decoded.toString();
    boolean halves = whole.codePoints().anyMatch(c -> c >= 0xd800 && c <= 0xdfff);
    require(!halves || strictness == Strictness.UPSTREAM);
    return whole;
  }
}
