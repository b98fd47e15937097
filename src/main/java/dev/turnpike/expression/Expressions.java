package dev.turnpike.expression;

import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Written;

/** Compiles what an administrator wrote in CEL. */
public final class Expressions {
  private Expressions() {}

  /**
   * A condition, checked to be a truth value.
   *
   * @param key the path of the key, such as {@code rules[2].when}
   * @throws ConfigRejected with the place of each error in the file
   */
  public static Condition condition(String key, Written<String> text) throws ConfigRejected {
    throw new UnsupportedOperationException("not written yet: " + key + text);
  }

  /**
   * What to count by, checked to be a text, an integer or a truth value.
   *
   * @param key the path of the key, such as {@code budgets[0].per}
   * @throws ConfigRejected with the place of each error in the file
   */
  public static CounterKey key(String key, Written<String> text) throws ConfigRejected {
    throw new UnsupportedOperationException("not written yet: " + key + text);
  }
}
