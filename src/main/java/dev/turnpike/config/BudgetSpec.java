package dev.turnpike.config;

import java.time.Duration;
import java.util.Optional;

/**
 * One entry of {@code budgets}.
 *
 * @param per the text of a CEL expression; one counter for each value; absent: one counter for all
 * @param limit in units; in millionths of one where the unit is money
 * @param cost what is taken for a call, as arithmetic; absent: input and output, or in money what
 *     the prices say
 * @param hard refused where the store of counters is away; else a local share goes on
 * @param exact every call asks the store; else each replica takes shares ahead
 * @param observe true: only logged and counted
 * @param cut a result that outgrows what is left is not given to the caller; else it finishes
 * @param inBand over budget is told as a tool result instead of HTTP 429
 */
public record BudgetSpec(
    String name,
    Optional<Written<String>> per,
    MatchSpec match,
    long limit,
    Unit unit,
    Optional<Written<String>> cost,
    Window window,
    boolean hard,
    boolean exact,
    boolean observe,
    boolean inBand,
    boolean cut,
    Mark mark) {

  /** What a budget counts. */
  public enum Unit {
    TOKENS("tokens"),
    CALLS("calls"),
    /** In whole units of whatever currency the prices are in. */
    MONEY("money"),
    /** Calls that are under way. */
    CONCURRENT("concurrent-requests");

    private final String word;

    Unit(String word) {
      this.word = word;
    }

    /** As it stands in headers and refusals. */
    public String word() {
      return word;
    }
  }

  /** How long a budget counts before it counts anew. */
  public sealed interface Window {
    /** A token bucket: capacity is the limit, refilled evenly over the length. */
    record Rolling(Duration length) implements Window {}

    /** From midnight to midnight, UTC. */
    record Day() implements Window {}

    /** From the first of the month, UTC. */
    record Month() implements Window {}

    /** None: what is counted is given back when it ends. */
    record Open() implements Window {}
  }
}
