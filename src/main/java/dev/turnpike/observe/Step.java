package dev.turnpike.observe;

import java.util.Locale;

/** A stretch of the road, as it is timed: from what was told before it to what is told after it. */
enum Step {
  IDENTIFY,
  READ,
  ROUTE,
  AUTHORIZE,
  BUDGET,
  /** Until the upstream's head has come. */
  UPSTREAM,
  /** From the upstream's head to the end of the answer. */
  ANSWER;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
