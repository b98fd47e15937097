package dev.turnpike.observe;

import dev.turnpike.exchange.Outcome;

/** What each ending is called in the log and in meters: a closed set. */
final class OutcomeLabel {
  /** Stands in a label where there was no refusal. */
  static final String NO_REFUSAL = "none";

  private OutcomeLabel() {}

  static String of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Served _ -> "served";
      case Outcome.TurnedAway _ -> "refused";
      case Outcome.Cut _ -> "cut";
      case Outcome.Broken _ -> "broken";
    };
  }

  static String refusalOf(Outcome outcome) {
    return outcome instanceof Outcome.TurnedAway(var reason, _)
        ? RefusalLabel.of(reason)
        : NO_REFUSAL;
  }
}
