package dev.turnpike.account;

/**
 * A place in a journal, before a record.
 *
 * @param segment the number of its file
 * @param offset bytes into that
 */
public record Position(long segment, long offset) implements Comparable<Position> {
  /** Where a journal begins. */
  static final Position BEGINNING = new Position(0, 0);

  @Override
  public int compareTo(Position other) {
    int order = Long.compare(segment, other.segment);
    return order == 0 ? Long.compare(offset, other.offset) : order;
  }
}
