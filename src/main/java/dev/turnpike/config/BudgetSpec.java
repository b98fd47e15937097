package dev.turnpike.config;

import java.time.Duration;
import java.util.Optional;

/**
 * One entry of {@code budgets}. Its unit is calls for now.
 *
 * @param per the text of a CEL expression; one counter for each value; absent: one counter for all
 * @param observe true: only logged and counted
 * @param inBand over budget is told as a tool result instead of HTTP 429
 */
public record BudgetSpec(
    String name,
    Optional<Written<String>> per,
    MatchSpec match,
    long limit,
    Window window,
    boolean observe,
    boolean inBand,
    Mark mark) {

  /** How long a budget counts before it counts anew. */
  public sealed interface Window {
    /** A token bucket: capacity is the limit, refilled evenly over the length. */
    record Rolling(Duration length) implements Window {}

    /** From midnight to midnight, UTC. */
    record Day() implements Window {}

    /** From the first of the month, UTC. */
    record Month() implements Window {}
  }
}
