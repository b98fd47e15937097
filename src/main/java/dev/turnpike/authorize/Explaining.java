package dev.turnpike.authorize;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Target;
import dev.turnpike.expression.Facts;
import java.util.ArrayList;
import java.util.List;

/** Asks every rule about one target, and puts into words what comes of it. */
final class Explaining {
  private final Caller caller;
  private final boolean called;
  private final Tally tally;
  private final List<Explanation.Finding> findings = new ArrayList<>();
  private final List<Rule> permitting = new ArrayList<>();
  private final List<Rule> denying = new ArrayList<>();

  private Explaining(Caller caller, boolean called) {
    this.caller = caller;
    this.called = called;
    this.tally = new Tally(caller);
  }

  static Explanation of(RuleIndex rules, Caller caller, Call call, String upstream) {
    Target target = call.target().orElseThrow();
    Explaining explaining = new Explaining(caller, call.arguments().isPresent());
    Facts facts = new Facts(caller, call, upstream);
    for (int i : rules.candidates(call.endpoint(), target)) {
      Rule rule = rules.rules().get(i);
      if (rule.covers(call.endpoint(), target)) {
        explaining.add(rule, facts);
      }
    }
    return explaining.told();
  }

  private void add(Rule rule, Facts facts) {
    Answer answer = !called && rule.dependsOnCall() ? new Answer.Open() : rule.answer(facts);
    findings.add(
        new Explanation.Finding(
            rule.name(), rule.spec().allow(), rule.spec().observe(), says(rule, answer)));
    if (!rule.spec().observe()) {
      gather(rule, answer);
    }
    tally.add(rule, answer);
  }

  private void gather(Rule rule, Answer answer) {
    boolean applies = answer instanceof Answer.Applies;
    if (!rule.spec().allow() && (applies || answer instanceof Answer.Fails)) {
      denying.add(rule);
    } else if (rule.spec().allow() && applies && rule.missingScopes(caller) == 0) {
      permitting.add(rule);
    }
  }

  private String says(Rule rule, Answer answer) {
    String effect = rule.spec().allow() ? "allows it" : "denies it";
    String only = rule.spec().observe() ? ", but is in observe mode and so without effect" : "";
    return switch (answer) {
      case Answer.Applies _ -> {
        List<String> missing = rule.lacking(caller);
        yield missing.isEmpty()
            ? effect + only
            : "would allow it to a token with the scopes " + String.join(" ", missing) + only;
      }
      case Answer.Passes _ -> "does not apply: its condition does not hold";
      case Answer.Open _ -> "depends on what only a call tells: " + rule.callWords();
      case Answer.Fails(var kind) ->
          rule.spec().allow()
              ? "does not allow it: its condition failed (%s)".formatted(kind)
              : "denies it: its condition failed (%s)%s".formatted(kind, only);
    };
  }

  private Explanation told() {
    return called ? ofCall() : ofList();
  }

  private Explanation ofCall() {
    return switch (tally.ruling()) {
      case Tally.Ruling.Allowed _ ->
          told(Explanation.Word.PERMIT, names(permitting), List.of(), "It is let through: ");
      case Tally.Ruling.Hidden(var rule) ->
          told(
              Explanation.Word.DENY,
              denying.isEmpty() ? List.of(rule) : names(denying),
              List.of(),
              "To this caller the target does not exist: ");
      case Tally.Ruling.NotWith(var rule, var words) ->
          told(
              Explanation.Word.DENY,
              denying.isEmpty() ? List.of(rule) : names(denying),
              List.of(),
              "It is refused because of %s: ".formatted(words));
      case Tally.Ruling.NeedsScopes(var rule, var scopes) ->
          told(
              Explanation.Word.DENY,
              List.of(rule),
              scopes,
              "It is refused until the token has the scopes %s: "
                  .formatted(String.join(" ", scopes)));
    };
  }

  private Explanation ofList() {
    Decision decision = tally.decision();
    return switch (decision) {
      case Decision.Permit _ ->
          told(Explanation.Word.PERMIT, names(permitting), List.of(), "Lists show it: ");
      case Decision.Conditional(var rule) ->
          told(
              Explanation.Word.CONDITIONAL,
              List.of(rule),
              List.of(),
              "Lists show it, and each call is judged by itself: ");
      case Decision.Deny(var rule, var _) ->
          told(
              Explanation.Word.DENY,
              denying.isEmpty() ? List.of(rule) : names(denying),
              List.of(),
              "To this caller the target does not exist: ");
    };
  }

  private Explanation told(
      Explanation.Word word, List<String> rules, List<String> scopes, String what) {
    List<String> sentences =
        findings.stream()
            .filter(finding -> word == Explanation.Word.DENY || rules.contains(finding.rule()))
            .map(finding -> "rule %s %s".formatted(finding.rule(), finding.says()))
            .toList();
    String reasons = sentences.isEmpty() ? "no rule is about it" : String.join("; ", sentences);
    return new Explanation(word, rules, scopes, what + reasons + ".", findings);
  }

  private static List<String> names(List<Rule> rules) {
    return rules.stream().map(Rule::name).toList();
  }
}
