package dev.turnpike.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Words that stand for yes and no, in the order of messages. */
final class Choices {
  /** Whether a rule or budget only observes. */
  static final Map<String, Boolean> MODES = offThenOn("enforce", "observe");

  /** Whether a caller over budget is told in-band. */
  static final Map<String, Boolean> OVER = offThenOn("http", "result");

  private Choices() {}

  private static Map<String, Boolean> offThenOn(String off, String on) {
    Map<String, Boolean> choices = new LinkedHashMap<>();
    choices.put(off, false);
    choices.put(on, true);
    return choices;
  }
}
