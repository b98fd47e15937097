package dev.turnpike.observe;

import dev.turnpike.exchange.Refusal;

/** What each refusal is called in the log and in meters: a closed set. */
final class RefusalLabel {
  private RefusalLabel() {}

  static String of(Refusal refusal) {
    return switch (refusal) {
      case Refusal.Malformed _ -> "malformed";
      case Refusal.TooLarge _ -> "too_large";
      case Refusal.ForeignOrigin _ -> "foreign_origin";
      case Refusal.Unauthenticated _ -> "unauthenticated";
      case Refusal.ScopeMissing _ -> "scope_missing";
      case Refusal.ArgumentsRefused _ -> "arguments_refused";
      case Refusal.NoSuchEndpoint _ -> "no_such_endpoint";
      case Refusal.NoSuchTarget _ -> "no_such_target";
      case Refusal.NoSuchSession _ -> "no_such_session";
      case Refusal.NoSuchMethod _ -> "no_such_method";
      case Refusal.MethodNotAllowed _ -> "method_not_allowed";
      case Refusal.OverBudget _ -> "over_budget";
      case Refusal.CountersLost _ -> "counters_lost";
      case Refusal.Overloaded _ -> "overloaded";
      case Refusal.TooBusy _ -> "too_busy";
      case Refusal.UpstreamUnavailable _ -> "upstream_unavailable";
      case Refusal.UpstreamTimedOut _ -> "upstream_timed_out";
      case Refusal.UpstreamShed _ -> "upstream_shed";
      case Refusal.ProtocolRule _ -> "protocol_rule";
    };
  }

  /** What an operator needs beyond the label; empty for what only the caller can mend. */
  static String detail(Refusal refusal) {
    return switch (refusal) {
      case Refusal.Malformed(String detail) -> detail;
      case Refusal.ForeignOrigin(String header) -> header;
      case Refusal.OverBudget over -> over.budget();
      case Refusal.CountersLost(String budget, _) -> budget;
      case Refusal.Overloaded(String detail) -> detail;
      case Refusal.TooBusy(String detail, _) -> detail;
      case Refusal.UpstreamUnavailable(_, String reason, _) -> reason;
      case Refusal.UpstreamTimedOut(_, String reason) -> reason;
      case Refusal.UpstreamShed(_, String reason) -> reason;
      case Refusal.ProtocolRule rule -> Integer.toString(rule.code());
      case Refusal.TooLarge _,
          Refusal.Unauthenticated _,
          Refusal.ScopeMissing _,
          Refusal.ArgumentsRefused _,
          Refusal.NoSuchEndpoint _,
          Refusal.NoSuchTarget _,
          Refusal.NoSuchSession _,
          Refusal.NoSuchMethod _,
          Refusal.MethodNotAllowed _ ->
          "";
    };
  }
}
