package dev.turnpike.authorize;

import dev.turnpike.config.NamePattern;
import dev.turnpike.config.Written;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Target;
import dev.turnpike.expression.Facts;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out whose lists a change of the rules changes, without looking at a list: what the rules
 * come to for one caller at one endpoint, before and after.
 */
final class RuleChange {
  private RuleChange() {}

  /**
   * What one rule does to lists: which targets it shows or hides, and on what that still depends.
   */
  private record Effect(boolean allow, Set<String> patterns, String condition) {}

  static Set<Target.Kind> kinds(
      RuleIndex before, RuleIndex after, Caller caller, Call call, String upstream) {
    Set<Target.Kind> changed = EnumSet.noneOf(Target.Kind.class);
    Facts facts = new Facts(caller, call, upstream);
    for (Target.Kind kind : Target.Kind.values()) {
      if (!effects(before, kind, facts).equals(effects(after, kind, facts))) {
        changed.add(kind);
      }
    }
    return changed;
  }

  private static Set<Effect> effects(RuleIndex rules, Target.Kind kind, Facts facts) {
    Set<Effect> effects = new HashSet<>();
    for (Rule rule : rules.rules()) {
      if (!rule.spec().observe() && rule.spec().match().covers(facts.call().endpoint())) {
        effect(rule, kind, facts).ifPresent(effects::add);
      }
    }
    return effects;
  }

  private static Optional<Effect> effect(Rule rule, Target.Kind kind, Facts facts) {
    Map<Target.Kind, List<NamePattern>> targets = rule.spec().match().targets();
    boolean deny = !rule.spec().allow();
    if ((!targets.isEmpty() && !targets.containsKey(kind)) || (deny && rule.dependsOnCall())) {
      return Optional.empty();
    }
    Set<String> patterns = new HashSet<>();
    targets.getOrDefault(kind, List.of()).forEach(pattern -> patterns.add(pattern.text()));
    if (rule.dependsOnCall()) {
      // a list shows it whatever the condition says
      return Optional.of(new Effect(true, patterns, ""));
    }
    if (rule.dependsOnTarget()) {
      return Optional.of(
          new Effect(!deny, patterns, rule.spec().when().map(Written::value).orElse("")));
    }
    return switch (rule.answer(facts)) {
      case Answer.Applies _ -> Optional.of(new Effect(!deny, patterns, ""));
      case Answer.Fails _ -> deny ? Optional.of(new Effect(false, patterns, "")) : Optional.empty();
      case Answer.Passes _, Answer.Open _ -> Optional.empty();
    };
  }
}
