package dev.turnpike.authorize;

import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Problem;
import dev.turnpike.config.RuleSpec;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Challenge;
import dev.turnpike.exchange.Grounds;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Target;
import dev.turnpike.expression.Condition;
import dev.turnpike.expression.Expressions;
import dev.turnpike.expression.Facts;
import dev.turnpike.route.Routed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The rules in force: default deny, a deny beats every allow, order does not matter. Immutable, but
 * for who comes after it, and safe for any thread.
 */
public final class Policy {
  private final RuleIndex rules;
  private final Metadata metadata;
  private final String version;
  private volatile AtomicReference<Policy> inForce = new AtomicReference<>(this);

  /** Where it says who issues the tokens that a call needs; empty where nobody does. */
  @FunctionalInterface
  public interface Metadata {
    Optional<String> of(Call call);
  }

  private Policy(List<Rule> rules, Metadata metadata) {
    this.rules = new RuleIndex(rules);
    this.metadata = metadata;
    this.version = PolicyVersion.of(rules.stream().map(Rule::spec).toList());
  }

  /** What these rules are called in the audit trail: the same for the same rules everywhere. */
  public String version() {
    return version;
  }

  /** Compiles every rule, where nobody issues tokens. */
  public static Policy compile(List<RuleSpec> specs) throws ConfigRejected {
    return compile(specs, _ -> Optional.empty());
  }

  /**
   * Compiles every rule.
   *
   * @throws ConfigRejected with every problem of every rule
   */
  public static Policy compile(List<RuleSpec> specs, Metadata metadata) throws ConfigRejected {
    List<Rule> rules = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      RuleSpec spec = specs.get(i);
      String key = "rules[" + i + "]";
      if (!spec.allow() && !spec.scopes().isEmpty()) {
        problems.add(
            new Problem(
                spec.mark(),
                key + ".scopes",
                "scopes of a deny rule; expected only beside allow: they are what a caller needs"));
      }
      try {
        rules.add(new Rule(spec, condition(key + ".when", spec)));
      } catch (ConfigRejected e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigRejected(problems);
    }
    return new Policy(rules, metadata);
  }

  private static Optional<Condition> condition(String key, RuleSpec spec) throws ConfigRejected {
    return spec.when().isPresent()
        ? Optional.of(Expressions.condition(key, spec.when().get()))
        : Optional.empty();
  }

  /**
   * Lets a call through, or refuses it.
   *
   * @throws Refused {@code NoSuchTarget} for what the caller cannot see; {@code ArgumentsRefused},
   *     with the names of the arguments that a rule reads, for what it can see; {@code
   *     ScopeMissing} where more scopes would help
   */
  public Permitted authorize(Routed routed) throws Refused {
    // while it was found out who calls and where it goes, others may have come into force
    return latest().decided(routed);
  }

  private Permitted decided(Routed routed) throws Refused {
    return switch (routed.call().verb()) {
      case CONTROL, DISCOVER -> permitted(routed, Grounds.NONE);
      case SUBSCRIBE ->
          routed.call().target().isEmpty()
              ? permitted(routed, Grounds.NONE)
              : judged(routed, routed.call().target().get());
      case INVOKE, READ, FOLLOW ->
          judged(
              routed,
              routed
                  .call()
                  .target()
                  .orElseThrow(() -> new Refused(new Refusal.Malformed("no target is named"))));
    };
  }

  private Permitted judged(Routed routed, Target target) throws Refused {
    Grounds grounds = judged(routed, routed.call(), target);
    if (routed.alias().isPresent()) {
      Call alias = routed.call().aimedAt(routed.alias().get(), routed.call().arguments());
      grounds = grounds.and(judged(routed, alias, target));
    }
    return permitted(routed, grounds);
  }

  // a refusal names the target as the caller knows it
  private Grounds judged(Routed routed, Call call, Target target) throws Refused {
    return switch (tally(routed, call).ruling()) {
      case Tally.Ruling.Allowed(var grounds) -> grounds;
      case Tally.Ruling.Hidden(var rule) ->
          throw new Refused(new Refusal.NoSuchTarget(target), rule);
      case Tally.Ruling.NotWith(var rule, var words) ->
          throw new Refused(new Refusal.ArgumentsRefused(target, words), rule);
      case Tally.Ruling.NeedsScopes(var rule, var scopes) ->
          throw new Refused(needed(routed.caller(), scopes, metadata.of(call)), rule);
    };
  }

  // who came without a token gets one with all that is needed; who has one gets more
  private static Refusal needed(Caller caller, List<String> scopes, Optional<String> metadata) {
    return caller.subject().isEmpty() && metadata.isPresent()
        ? new Refusal.Unauthenticated(new Challenge(Optional.empty(), scopes, metadata))
        : new Refusal.ScopeMissing(
            new Challenge(Optional.of(Challenge.Error.INSUFFICIENT_SCOPE), scopes, metadata));
  }

  /** Others are in force from now on: whatever a stream that is open is shown is judged by them. */
  public void replacedBy(Policy next) {
    next.inForce = inForce;
    inForce.set(next);
  }

  /** The rules in force now. */
  private Policy latest() {
    return inForce.get();
  }

  /** Judges entries of lists, by the rules in force now. */
  Listing listing(Caller caller, Call call) {
    return new Listing(latest().rules, caller, call);
  }

  /** Whether that judges by the rules in force now. */
  boolean judgesNow(Listing listing) {
    return listing.isOf(latest().rules);
  }

  /** The kinds of targets of which this caller is shown others from now on. */
  public Set<Target.Kind> changes(Policy next, Caller caller, Call call, String upstream) {
    return RuleChange.kinds(rules, next.rules, caller, call, upstream);
  }

  private Tally tally(Routed routed, Call call) {
    Target target = call.target().orElseThrow();
    List<Facts> facts = Facts.each(routed.caller(), call, routed.upstream());
    Tally tally = new Tally(routed.caller());
    for (int i : rules.candidates(routed.call().endpoint(), target)) {
      if (tally.settled()) {
        break;
      }
      Rule rule = rules.rules().get(i);
      if (tally.wants(rule) && rule.covers(routed.call().endpoint(), target)) {
        tally.add(rule, rule.answer(facts));
      }
    }
    return tally;
  }

  private Permitted permitted(Routed routed, Grounds grounds) {
    return new Permitted(routed, grounds, this);
  }

  /**
   * What a list says of one target.
   *
   * @param call the call that asks, such as {@code tools/list}; its verb, target and arguments are
   *     not looked at
   */
  public Decision decide(Caller caller, Call call, String upstream, Target target) {
    return new Listing(rules, caller, call).decide(target, upstream);
  }

  /** Who decides on this call, and why; without arguments, as a list would. */
  public Explanation explain(Caller caller, Call call, String upstream) {
    return Explaining.of(rules, caller, call, upstream);
  }

  /** Whether every caller of the endpoint is shown the same targets. */
  public boolean uniform(String endpoint) {
    return Listing.uniform(rules.rules(), endpoint);
  }
}
