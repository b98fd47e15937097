package dev.turnpike.authorize;

import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Mark;
import dev.turnpike.config.MatchSpec;
import dev.turnpike.config.NamePattern;
import dev.turnpike.config.RuleSpec;
import dev.turnpike.config.Written;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Target;
import dev.turnpike.route.Routed;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules as an administrator would write them, for tests. */
public final class Rules {
  private Rules() {}

  public static RuleSpec allow(String name, String... tools) {
    return rule(name, true, tools);
  }

  public static RuleSpec deny(String name, String... tools) {
    return rule(name, false, tools);
  }

  private static RuleSpec rule(String name, boolean allow, String... tools) {
    Map<Target.Kind, List<NamePattern>> targets =
        tools.length == 0
            ? Map.of()
            : Map.of(
                Target.Kind.TOOL,
                Arrays.stream(tools).map(tool -> new NamePattern(tool, false)).toList());
    return new RuleSpec(
        name,
        allow,
        new MatchSpec(List.of(), targets),
        List.of(),
        Optional.empty(),
        false,
        new Mark("turnpike.yaml", 3, 5));
  }

  public static RuleSpec when(String text, RuleSpec rule) {
    return new RuleSpec(
        rule.name(),
        rule.allow(),
        rule.match(),
        rule.scopes(),
        Optional.of(new Written<>(text, new Mark("turnpike.yaml", 5, 11))),
        rule.observe(),
        rule.mark());
  }

  public static RuleSpec scopes(RuleSpec rule, String... scopes) {
    return new RuleSpec(
        rule.name(),
        rule.allow(),
        rule.match(),
        List.of(scopes),
        rule.when(),
        rule.observe(),
        rule.mark());
  }

  public static RuleSpec observed(RuleSpec rule) {
    return new RuleSpec(
        rule.name(), rule.allow(), rule.match(), rule.scopes(), rule.when(), true, rule.mark());
  }

  public static RuleSpec at(String endpoint, RuleSpec rule) {
    return new RuleSpec(
        rule.name(),
        rule.allow(),
        new MatchSpec(List.of(new NamePattern(endpoint, false)), rule.match().targets()),
        rule.scopes(),
        rule.when(),
        rule.observe(),
        rule.mark());
  }

  public static Policy policy(RuleSpec... rules) {
    try {
      return Policy.compile(List.of(rules));
    } catch (ConfigRejected e) {
      throw new AssertionError(e);
    }
  }

  /** Proof that everything is allowed, for tests of later steps. */
  public static Permitted permitted(Routed routed) {
    try {
      return policy(allow("anyone-may")).authorize(routed);
    } catch (Refused e) {
      throw new AssertionError(e);
    }
  }
}
