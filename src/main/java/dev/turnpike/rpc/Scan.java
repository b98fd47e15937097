package dev.turnpike.rpc;

import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A document found valid, with the places of the wanted members. Spans count from the start of
 * {@link #payload}. Immutable.
 */
public final class Scan {
  private static final JsonType[] TYPES = JsonType.values();

  private static final int WIDTH = 4;

  private final Payload payload;
  private final Wanted wanted;
  private final JsonType type;
  private final int[] found;

  /** Takes the table over: see {@link #note}. */
  Scan(Payload payload, Wanted wanted, JsonType type, int[] found) {
    this.payload = payload;
    this.wanted = wanted;
    this.type = type;
    this.found = found;
  }

  /** A table for so many members, none of them found yet. */
  static int[] table(int slots) {
    return new int[slots * WIDTH];
  }

  static void note(int[] table, int slot, int key, int start, int end, JsonType type) {
    int row = slot * WIDTH;
    table[row] = key;
    table[row + 1] = start;
    table[row + 2] = end;
    table[row + 3] = type.ordinal();
  }

  /**
   * Where this document stands in a larger one that it is a part of.
   *
   * @throws IllegalArgumentException when it is no part of that
   */
  public Span spanIn(Payload whole) {
    int start = payload.offset() - whole.offset();
    int end = start + payload.size();
    if (payload.array() != whole.array() || start < 0 || end > whole.size()) {
      throw new IllegalArgumentException("not a part of that payload");
    }
    return new Span(start, end);
  }

  /** The whole document as it came, white space around it included. */
  public Payload payload() {
    return payload;
  }

  /** The type of the root value; never {@link JsonType#ABSENT}. */
  public JsonType type() {
    return type;
  }

  /** What was looked for. */
  Wanted wanted() {
    return wanted;
  }

  public boolean has(Wanted.Member member) {
    return type(member) != JsonType.ABSENT;
  }

  /** {@link JsonType#ABSENT} when the document does not have the member. */
  public JsonType type(Wanted.Member member) {
    return TYPES[found[member.slot() * WIDTH + 3]];
  }

  /**
   * Where the value stands.
   *
   * @throws NoSuchElementException when the member is absent
   */
  public Span span(Wanted.Member member) {
    int row = row(member);
    return new Span(found[row + 1], found[row + 2]);
  }

  /**
   * Where the member stands, from the opening quote of its name to the end of its value.
   *
   * @throws NoSuchElementException when the member is absent
   */
  public Span memberSpan(Wanted.Member member) {
    int row = row(member);
    return new Span(found[row], found[row + 2]);
  }

  /** Where the value stands, or empty when the member is absent. */
  public Optional<Span> find(Wanted.Member member) {
    return has(member) ? Optional.of(span(member)) : Optional.empty();
  }

  /**
   * The value as it stands in the document; shares its bytes.
   *
   * @throws NoSuchElementException when the member is absent
   */
  public Payload part(Wanted.Member member) {
    return payload.slice(span(member));
  }

  /** The decoded text, or empty when the member is absent or not a string. */
  public Optional<String> text(Wanted.Member member) {
    return type(member) == JsonType.STRING
        ? Optional.of(JsonText.decode(part(member)))
        : Optional.empty();
  }

  private int row(Wanted.Member member) {
    if (!has(member)) {
      throw new NoSuchElementException("the document does not have this member");
    }
    return member.slot() * WIDTH;
  }
}
