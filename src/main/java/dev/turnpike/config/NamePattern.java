package dev.turnpike.config;

import java.util.Objects;

/**
 * A pattern over names or URIs: {@code *} matches any run, also an empty one, within a segment of a
 * URI (that is: without {@code /}) or anywhere in a name; {@code **} matches across segments. All
 * else stands for itself, in the case written. Compiled once; immutable.
 *
 * <p>The time of a match grows with the length of the value, and not with how often a wildcard
 * could be tried: see {@link Glob}.
 */
public final class NamePattern {
  private final String text;
  private final boolean uri;
  private final Glob glob;

  /**
   * @param uri whether the values are URIs, in which {@code *} stops at a {@code /}
   */
  public NamePattern(String text, boolean uri) {
    this.text = text;
    this.uri = uri;
    this.glob = Glob.of(text, uri);
  }

  public String text() {
    return text;
  }

  public boolean uri() {
    return uri;
  }

  /** Whether the whole value matches. */
  public boolean covers(String value) {
    return glob.covers(value);
  }

  /** Whether it names one value and no other. */
  public boolean literal() {
    return text.indexOf('*') < 0;
  }

  /** What every value that matches begins with: all that stands before the first wildcard. */
  public String head() {
    int star = text.indexOf('*');
    return star < 0 ? text : text.substring(0, star);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NamePattern that && uri == that.uri && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return Objects.hash(text, uri);
  }

  @Override
  public String toString() {
    return text;
  }
}
