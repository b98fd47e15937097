package dev.turnpike.config;

/**
 * One thing wrong in the file.
 *
 * @param key the path of the key, such as {@code rules[2].allow.tools}
 * @param message what was found, what was expected, and what to do
 */
public record Problem(Mark mark, String key, String message) {
  @Override
  public String toString() {
    return mark + ": " + key + ": " + message;
  }
}
