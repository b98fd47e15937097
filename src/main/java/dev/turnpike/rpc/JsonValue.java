package dev.turnpike.rpc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values of JSON as objects of Java, for the few small parts that must be computed with: an object
 * is an unmodifiable Map in written order, an array an unmodifiable List, a number a Long when it
 * is an integer that fits, else a BigInteger or, with a fraction or an exponent, a BigDecimal.
 * Numbers are exact; one that is too large to compute with is {@link Unwieldy}.
 */
public final class JsonValue {
  /** What {@code null} is read as, since collections of Java do not carry null well. */
  public static final Object NULL = Null.NULL;

  /** Longer numbers and exponents cost too much to compute with. */
  private static final int LONGEST_NUMBER = 400;

  private static final int LONGEST_EXPONENT = 4;

  private final byte[] bytes;
  private final int end;
  private int at;

  private JsonValue(Payload json) {
    this.bytes = json.array();
    this.at = json.offset();
    this.end = at + json.size();
  }

  /** A number of over 400 characters, or with an exponent of over four: its characters only. */
  public record Unwieldy(String lexeme) {
    @Override
    public String toString() {
      return lexeme;
    }
  }

  /** Reads a document, or a part of one, that was scanned before. */
  public static Object read(Payload json) {
    return new JsonValue(json).value();
  }

  /**
   * Writes what {@link #read} gives, and Integers; without spaces.
   *
   * @throws IllegalArgumentException for a value or a key of any other type
   */
  public static String write(Object value) {
    StringBuilder out = new StringBuilder();
    writeInto(out, value);
    return out.toString();
  }

  private Object value() {
    space();
    return switch (bytes[at]) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> after(4, true);
      case 'f' -> after(5, false);
      case 'n' -> after(4, NULL);
      default -> number();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> members = new LinkedHashMap<>();
    at++;
    space();
    while (bytes[at] != '}') {
      String name = string();
      space();
      at++;
      members.put(name, value());
      separator();
    }
    at++;
    return Collections.unmodifiableMap(members);
  }

  private List<Object> array() {
    List<Object> elements = new ArrayList<>();
    at++;
    space();
    while (bytes[at] != ']') {
      elements.add(value());
      separator();
    }
    at++;
    return Collections.unmodifiableList(elements);
  }

  private void separator() {
    space();
    if (bytes[at] == ',') {
      at++;
      space();
    }
  }

  private void space() {
    while (bytes[at] <= ' ' && bytes[at] > 0) {
      at++;
    }
  }

  private String string() {
    int start = ++at;
    at = Strings.delimiter(bytes, at, end);
    if (bytes[at] == '"') {
      return new String(bytes, start, at++ - start, UTF_8);
    }
    while (bytes[at] != '"') {
      at = Strings.delimiter(bytes, at + 2, end);
    }
    return JsonText.decode(bytes, start, at++);
  }

  private Object after(int length, Object value) {
    at += length;
    return value;
  }

  private Object number() {
    int start = at;
    int exponent = -1;
    boolean integer = true;
    while (at < end && "+-.0123456789eE".indexOf(bytes[at]) >= 0) {
      integer &= bytes[at] == '-' || Character.isDigit(bytes[at]);
      exponent = (bytes[at] | 0x20) == 'e' ? at : exponent;
      at++;
    }
    if (at == start) {
      throw new IllegalArgumentException("not scanned before");
    }
    String lexeme = new String(bytes, start, at - start, US_ASCII);
    boolean longExponent = exponent >= 0 && at - exponent - 1 > LONGEST_EXPONENT;
    if (longExponent || lexeme.length() > LONGEST_NUMBER) {
      return new Unwieldy(lexeme);
    }
    if (!integer) {
      return new BigDecimal(lexeme);
    }
    BigInteger whole = new BigInteger(lexeme);
    return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
  }

  private static void writeInto(StringBuilder out, Object value) {
    switch (value) {
      case String text -> JsonText.quoteInto(out, text);
      case Map<?, ?> members -> writeMembers(out, members);
      case List<?> elements -> writeElements(out, elements);
      case Long _, Integer _, BigInteger _, BigDecimal _, Boolean _, Unwieldy _, Null _ ->
          out.append(value);
      default -> throw new IllegalArgumentException("no JSON for a " + value.getClass());
    }
  }

  private static void writeMembers(StringBuilder out, Map<?, ?> members) {
    char before = '{';
    for (Map.Entry<?, ?> member : members.entrySet()) {
      if (!(member.getKey() instanceof String name)) {
        throw new IllegalArgumentException("a member name that is no string");
      }
      out.append(before);
      JsonText.quoteInto(out, name);
      out.append(':');
      writeInto(out, member.getValue());
      before = ',';
    }
    out.append(before == '{' ? "{}" : "}");
  }

  private static void writeElements(StringBuilder out, List<?> elements) {
    char before = '[';
    for (Object element : elements) {
      out.append(before);
      writeInto(out, element);
      before = ',';
    }
    out.append(before == '[' ? "[]" : "]");
  }

  private enum Null {
    NULL;

    @Override
    public String toString() {
      return "null";
    }
  }
}
