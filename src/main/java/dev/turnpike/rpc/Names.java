package dev.turnpike.rpc;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The member names of the object being scanned and of the objects around it, in one growing stack,
 * so that a small object costs no allocation. An object with more than {@link #FEW} members is
 * judged by a set of strings instead: see RATIONALE.md.
 */
final class Names {
  static final int FEW = 16;

  private static final int WIDTH = 3;

  private final byte[] bytes;
  private int[] rows = new int[WIDTH * FEW * 4];
  private int top;

  Names(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Over the decoded UTF-8, so that all aliases of one name share it. */
  static int hash(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  /** Opens an object; give the answer to the other methods while in it, and to {@link #close}. */
  int open() {
    return top;
  }

  void close(int object) {
    top = object;
  }

  /** Whether the object is still small enough for {@link #addNew}. */
  boolean few(int object) {
    return top - object < FEW * WIDTH;
  }

  /**
   * Adds a name, unless the object has it already.
   *
   * @param start after the opening quote
   * @param end at the closing quote
   * @return whether it is new
   */
  boolean addNew(int object, int hash, int start, int end, boolean escaped) {
    for (int row = object; row < top; row += WIDTH) {
      if (rows[row] == hash && same(rows[row + 1], rows[row + 2], start, end, escaped)) {
        return false;
      }
    }
    if (top == rows.length) {
      rows = Arrays.copyOf(rows, rows.length * 2);
    }
    rows[top] = hash;
    rows[top + 1] = start;
    // The sign carries whether the name has escapes.
    rows[top + 2] = escaped ? ~end : end;
    top += WIDTH;
    return true;
  }

  /** The names of the object so far, as a set to go on with. */
  Set<String> decoded(int object) {
    Set<String> names = new HashSet<>(FEW * 4);
    for (int row = object; row < top; row += WIDTH) {
      names.add(decode(rows[row + 1], rows[row + 2]));
    }
    return names;
  }

  private boolean same(int start, int signedEnd, int otherStart, int otherEnd, boolean escaped) {
    if (escaped || signedEnd < 0) {
      return decode(start, signedEnd).equals(JsonText.decode(bytes, otherStart, otherEnd));
    }
    return Arrays.equals(bytes, start, signedEnd, bytes, otherStart, otherEnd);
  }

  private String decode(int start, int signedEnd) {
    return JsonText.decode(bytes, start, signedEnd < 0 ? ~signedEnd : signedEnd);
  }
}
