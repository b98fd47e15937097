package dev.turnpike.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Words to choose from, in the order of messages. */
final class Choices {
  /** Whether a rule or budget only observes. */
  static final Map<String, Boolean> MODES = offThenOn("enforce", "observe");

  /** Whether a caller over budget is told in-band. */
  static final Map<String, Boolean> OVER = offThenOn("http", "result");

  /** Whether a result that outgrows a budget is kept from its caller. */
  static final Map<String, Boolean> OUTGROWN = offThenOn("finish", "cut");

  /** Whether a URL is spoken to over HTTP+SSE, the transport of 2024-11-05. */
  static final Map<String, Boolean> TRANSPORTS = offThenOn("streamable-http", "http-sse");

  /** Who has a process of one's own. */
  static final Map<String, Reach.Sharing> SHARING =
      inOrder("per-caller", Reach.Sharing.PER_CALLER, "shared", Reach.Sharing.SHARED);

  /** What a budget counts. */
  static final Map<String, BudgetSpec.Unit> UNITS = units();

  private Choices() {}

  private static Map<String, BudgetSpec.Unit> units() {
    Map<String, BudgetSpec.Unit> units = new LinkedHashMap<>();
    units.put("tokens", BudgetSpec.Unit.TOKENS);
    units.put("calls", BudgetSpec.Unit.CALLS);
    units.put("money", BudgetSpec.Unit.MONEY);
    units.put("concurrent", BudgetSpec.Unit.CONCURRENT);
    return units;
  }

  private static Map<String, Boolean> offThenOn(String off, String on) {
    return inOrder(off, false, on, true);
  }

  private static <T> Map<String, T> inOrder(String first, T one, String second, T other) {
    Map<String, T> choices = new LinkedHashMap<>();
    choices.put(first, one);
    choices.put(second, other);
    return choices;
  }
}
