package dev.turnpike.rpc;

/**
 * Where something stands in a payload: from {@code start} (inclusive) to {@code end} (exclusive).
 */
public record Span(int start, int end) {
  public int length() {
    return end - start;
  }
}
