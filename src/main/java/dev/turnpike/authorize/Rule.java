package dev.turnpike.authorize;

import dev.turnpike.config.RuleSpec;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Subject;
import dev.turnpike.exchange.Target;
import dev.turnpike.expression.Condition;
import dev.turnpike.expression.Facts;
import dev.turnpike.expression.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A rule with its condition compiled. */
record Rule(RuleSpec spec, Optional<Condition> when) {
  private static final Set<String> WORDS_OF_ENTRIES =
      Set.of("call", "call.target", "call.upstream");

  String name() {
    return spec.name();
  }

  boolean covers(String endpoint, Target target) {
    return spec.match().covers(endpoint, target);
  }

  /** Whether its condition may answer differently for two calls of one caller to one target. */
  boolean dependsOnCall() {
    return when.filter(c -> c.readsArguments() || c.readsVerb()).isPresent();
  }

  /** Whether its condition may answer differently for two targets in one list. */
  boolean dependsOnTarget() {
    return when.filter(c -> c.reads().stream().anyMatch(WORDS_OF_ENTRIES::contains)).isPresent();
  }

  Answer answer(Facts facts) {
    return switch (when.map(condition -> condition.test(facts)).orElse(Verdict.YES)) {
      case Verdict.Yes _ -> new Answer.Applies();
      case Verdict.No _ -> new Answer.Passes();
      case Verdict.Failed(var kind) -> new Answer.Fails(kind);
    };
  }

  /**
   * Its answer to a call that is judged by several facts, since it says several things: all of them
   * must satisfy a rule that allows, and one is enough for a rule that denies.
   *
   * @param each at least one
   */
  Answer answer(List<Facts> each) {
    Answer whole = answer(each.getFirst());
    for (int i = 1; i < each.size(); i++) {
      Answer next = answer(each.get(i));
      whole = weight(next) > weight(whole) ? next : whole;
    }
    return whole;
  }

  // the stricter of two answers weighs more
  private int weight(Answer answer) {
    return switch (answer) {
      case Answer.Applies _ -> spec.allow() ? 0 : 3;
      case Answer.Passes _ -> spec.allow() ? 2 : 0;
      case Answer.Fails _ -> spec.allow() ? 3 : 2;
      case Answer.Open _ -> 1;
    };
  }

  /** How many scopes it asks for that the caller's token does not have. */
  int missingScopes(Caller caller) {
    return lacking(caller).size();
  }

  /** Those scopes, as written. */
  List<String> lacking(Caller caller) {
    List<String> held = caller.subject().map(Subject::scopes).orElse(List.of());
    return spec.scopes().stream().filter(scope -> !held.contains(scope)).distinct().toList();
  }

  /** The words that a call fills in and that its condition reads, such as {@code args.amount}. */
  String callWords() {
    return when.map(Condition::reads).orElse(Set.of()).stream()
        .filter(p -> p.equals("args") || p.startsWith("args.") || p.equals("call.verb"))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** The scopes it asks for, as written. */
  List<String> scopes() {
    return spec.scopes();
  }
}
