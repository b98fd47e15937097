package dev.turnpike.authorize;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Target;
import dev.turnpike.expression.Facts;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges the entries of one list. A condition that cannot tell one target from another is asked
 * once for all of them: a list may have thousands. For one thread.
 */
final class Listing {
  private final RuleIndex rules;
  private final Caller caller;
  private final Call call;
  private final @Nullable Answer[] known;

  Listing(RuleIndex rules, Caller caller, Call call) {
    this.rules = rules;
    this.caller = caller;
    this.call = call;
    this.known = new Answer[rules.rules().size()];
  }

  /** Whether every caller of the endpoint is shown the same. */
  boolean uniform() {
    return uniform(rules.rules(), call.endpoint());
  }

  boolean isOf(RuleIndex others) {
    return rules == others;
  }

  Optional<Object> decidedBy() {
    return uniform() ? Optional.of(rules) : Optional.empty();
  }

  static boolean uniform(List<Rule> rules, String endpoint) {
    return rules.stream()
        .filter(rule -> !rule.spec().observe() && rule.spec().match().covers(endpoint))
        .allMatch(rule -> rule.when().isEmpty());
  }

  Decision decide(Target target, String upstream) {
    Facts facts = new Facts(caller, call.aimedAt(target, Optional.empty()), upstream);
    Tally tally = new Tally(caller);
    for (int i : rules.candidates(call.endpoint(), target)) {
      if (tally.settled()) {
        break;
      }
      Rule rule = rules.rules().get(i);
      if (tally.wants(rule) && rule.covers(call.endpoint(), target)) {
        tally.add(rule, answer(i, facts));
      }
    }
    return tally.decision();
  }

  private Answer answer(int index, Facts facts) {
    Rule rule = rules.rules().get(index);
    if (rule.dependsOnCall()) {
      return new Answer.Open();
    }
    if (rule.dependsOnTarget()) {
      return rule.answer(facts);
    }
    Answer answer = known[index];
    if (answer == null) {
      answer = rule.answer(facts);
      known[index] = answer;
    }
    return answer;
  }
}
