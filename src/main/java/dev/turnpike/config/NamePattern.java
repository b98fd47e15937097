package dev.turnpike.config;

/**
 * A pattern over names or URIs: {@code *} matches any run within a segment of a URI (that is:
 * without {@code /}) or anywhere in a name, {@code **} matches across segments.
 */
public record NamePattern(String text, boolean uri) {
  /** Whether the whole value matches. */
  public boolean covers(String value) {
    throw new UnsupportedOperationException("not written yet");
  }
}
