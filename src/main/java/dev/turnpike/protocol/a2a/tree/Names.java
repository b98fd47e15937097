package dev.turnpike.protocol.a2a.tree;

import java.util.Set;

/** The two spellings that a member may have, and those that come near them. */
final class Names {
  private Names() {}

  /**
   * The name that is written so: {@code taskId} for itself and for {@code task_id}, which readers
   * of ProtoJSON take too. What is nobody's name comes back as it is.
   */
  static String of(String written, Set<String> names) {
    if (names.contains(written) || written.indexOf('_') < 0) {
      return written;
    }
    for (String name : names) {
      if (written.equals(snake(name))) {
        return name;
      }
    }
    return written;
  }

  private static String snake(String name) {
    StringBuilder snake = new StringBuilder(name.length() + 4);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        snake.append('_').append((char) (c - 'A' + 'a'));
      } else {
        snake.append(c);
      }
    }
    return snake.toString();
  }

  /** Whether a reader that is careless of case, underscores and hyphens takes one for the other. */
  static boolean alike(String written, String name) {
    int at = 0;
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (c == '_' || c == '-') {
        continue;
      }
      if (at == name.length() || folded(c) != folded(name.charAt(at++))) {
        return false;
      }
    }
    return at == name.length();
  }

  // by way of the upper case, so that the long s and the Kelvin sign are letters like others
  private static char folded(char c) {
    return Character.toLowerCase(Character.toUpperCase(c));
  }
}
