package dev.turnpike.authorize;

import dev.turnpike.config.MatchSpec;
import dev.turnpike.config.NamePattern;
import dev.turnpike.config.RuleSpec;
import dev.turnpike.config.Written;
import dev.turnpike.exchange.Target;
import dev.turnpike.seal.Sha256;
import java.util.List;

/** What a set of rules is called: the same for the same rules, in every process. */
final class PolicyVersion {
  private static final int LENGTH = 12;

  private PolicyVersion() {}

  static String of(List<RuleSpec> rules) {
    StringBuilder text = new StringBuilder();
    rules.forEach(rule -> write(rule, text));
    return Sha256.hex(text.toString()).substring(0, LENGTH);
  }

  private static void write(RuleSpec rule, StringBuilder text) {
    MatchSpec match = rule.match();
    text.append(rule.name()).append('\n').append(rule.allow()).append('\n');
    match.endpoints().forEach(pattern -> text.append(pattern.text()).append('\n'));
    for (Target.Kind kind : Target.Kind.values()) {
      text.append(kind).append('\n');
      match.targets().getOrDefault(kind, List.of()).stream()
          .map(NamePattern::text)
          .forEach(pattern -> text.append(pattern).append('\n'));
    }
    rule.scopes().forEach(scope -> text.append(scope).append('\n'));
    text.append(rule.when().map(Written::value).orElse("")).append('\n');
    text.append(rule.observe()).append(rule.audit()).append('\n');
  }
}
