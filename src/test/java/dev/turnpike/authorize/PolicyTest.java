package dev.turnpike.authorize;

import static dev.turnpike.authorize.Rules.allow;
import static dev.turnpike.authorize.Rules.at;
import static dev.turnpike.authorize.Rules.deny;
import static dev.turnpike.authorize.Rules.observed;
import static dev.turnpike.authorize.Rules.policy;
import static dev.turnpike.authorize.Rules.scopes;
import static dev.turnpike.authorize.Rules.when;
import static dev.turnpike.expression.Exchanges.REFUND;
import static dev.turnpike.expression.Exchanges.call;
import static dev.turnpike.expression.Exchanges.list;
import static dev.turnpike.expression.Exchanges.subject;
import static dev.turnpike.expression.Exchanges.workload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.MatchSpec;
import dev.turnpike.config.NamePattern;
import dev.turnpike.config.RuleSpec;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Challenge;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Verb;
import dev.turnpike.route.RoutedFixture;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyTest {
  private static final Caller ANN = subject("ann", "acme", "readers");
  private static final Refusal UNKNOWN = new Refusal.NoSuchTarget(REFUND);

  /** The rule that allowed, or the refusal. */
  private static Object ask(Policy policy, Caller caller, Call call) {
    try {
      return policy.authorize(RoutedFixture.routed(caller, call, "pay")).grounds().rule();
    } catch (Refused e) {
      return e.reason();
    }
  }

  private static Object refund(Policy policy, Caller caller, String arguments) {
    return ask(policy, caller, call("tools", "pay_refund", arguments));
  }

  private static Decision listed(Policy policy, Caller caller) {
    return policy.decide(caller, list("tools"), "pay", REFUND);
  }

  @Test
  void deniesWhereNoRuleAllows() {
    assertThat(refund(policy(), ANN, "")).isEqualTo(UNKNOWN);
    assertThat(refund(policy(allow("other", "other_tool")), ANN, "")).isEqualTo(UNKNOWN);
    assertThat(listed(policy(), ANN)).isEqualTo(new Decision.Deny("default", "no rule allows it"));
  }

  @Test
  void allowsEveryTargetWhereARuleNamesNone() {
    Policy policy = policy(at("tools", allow("all")));
    for (Target.Kind kind : Target.Kind.values()) {
      assertThat(ask(policy, ANN, call("tools", Verb.READ, new Target(kind, "x"), "")))
          .isEqualTo("all");
    }
    assertThat(ask(policy, ANN, call("elsewhere", "x", "")))
        .isInstanceOf(Refusal.NoSuchTarget.class);
  }

  @Test
  void allowsOnlyTheKindsThatARuleNames() {
    Policy policy = policy(allow("tools-only", "*"));
    assertThat(refund(policy, ANN, "")).isEqualTo("tools-only");
    Target prompt = new Target(Target.Kind.PROMPT, "pay_refund");
    assertThat(ask(policy, ANN, call("tools", Verb.READ, prompt, "")))
        .isEqualTo(new Refusal.NoSuchTarget(prompt));
  }

  @Test
  void matchesResourcesByTheSegmentsOfTheirUri() {
    RuleSpec rule = allow("read");
    MatchSpec files =
        new MatchSpec(
            List.of(),
            Map.of(Target.Kind.RESOURCE, List.of(new NamePattern("file:///srv/files/**", true))));
    Policy policy =
        policy(new RuleSpec("read", true, files, List.of(), Optional.empty(), false, rule.mark()));
    Target inside = new Target(Target.Kind.RESOURCE, "file:///srv/files/a/b.txt");
    Target outside = new Target(Target.Kind.RESOURCE, "file:///srv/other/b.txt");
    assertThat(ask(policy, ANN, call("tools", Verb.READ, inside, ""))).isEqualTo("read");
    assertThat(ask(policy, ANN, call("tools", Verb.READ, outside, "")))
        .isEqualTo(new Refusal.NoSuchTarget(outside));
  }

  @Test
  void letsADenyBeatEveryAllowInAnyOrder() {
    RuleSpec allow = allow("yes", "pay_*");
    RuleSpec deny = deny("no", "*_refund");
    for (Policy policy : List.of(policy(allow, deny), policy(deny, allow))) {
      assertThat(refund(policy, ANN, "")).isEqualTo(UNKNOWN);
      assertThat(listed(policy, ANN)).isEqualTo(new Decision.Deny("no", "denied"));
    }
  }

  @Test
  void asksTheConditionOfTheCaller() {
    Policy policy = policy(when("'readers' in caller.groups", allow("readers")));
    assertThat(refund(policy, ANN, "")).isEqualTo("readers");
    assertThat(refund(policy, subject("bob", "acme"), "")).isEqualTo(UNKNOWN);
    assertThat(refund(policy, Caller.ANONYMOUS, "")).isEqualTo(UNKNOWN);
    assertThat(listed(policy, subject("bob", "acme")).visible()).isFalse();
  }

  @Test
  void deniesWhereTheConditionOfADenyFails() {
    Policy policy =
        policy(
            allow("all"),
            when("caller.workload.namespace == 'labs'", deny("no-deletes-from-labs")));
    assertThat(refund(policy, workload("prod"), "")).isEqualTo("all");
    assertThat(refund(policy, workload("labs"), "")).isEqualTo(UNKNOWN);
    assertThat(refund(policy, Caller.ANONYMOUS, "")).isEqualTo(UNKNOWN);
    assertThat(listed(policy, Caller.ANONYMOUS))
        .isEqualTo(new Decision.Deny("no-deletes-from-labs", "its condition failed: missing"));
  }

  @Test
  void letsHasGuardAConditionAgainstAMissingMember() {
    Policy policy =
        policy(
            allow("all"),
            when(
                "has(caller.workload.namespace) && caller.workload.namespace == 'labs'",
                deny("labs")));
    assertThat(refund(policy, Caller.ANONYMOUS, "")).isEqualTo("all");
    assertThat(refund(policy, workload("labs"), "")).isEqualTo(UNKNOWN);
  }

  @Test
  void letsAnotherRuleAllowWhereOneFails() {
    Policy policy = policy(when("caller.tenant == 'acme'", allow("acme")), allow("anyone"));
    assertThat(refund(policy, Caller.ANONYMOUS, "")).isEqualTo("anyone");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"amount\": 100}    | small-refunds",
        "{\"amount\": 100.0}  | small-refunds",
        "{\"amount\": 100.01} | args.amount",
        "{\"amount\": 101}    | args.amount",
        "{\"amount\": \"1\"}  | args.amount",
        "{}                   | args.amount",
        "''                   | args.amount",
        "[]                   | args.amount",
        "{\"amount\": 99999999999999999999} | args.amount",
      })
  void asksTheConditionOfTheArgumentsAndNamesThemWhereItSaysNo(String arguments, String said) {
    Policy policy = policy(when("args.amount <= 100", allow("small-refunds", "pay_refund")));
    assertThat(refund(policy, ANN, arguments))
        .isEqualTo(
            said.startsWith("args") ? new Refusal.ArgumentsRefused(REFUND, said) : (Object) said);
    assertThat(listed(policy, ANN)).isEqualTo(new Decision.Conditional("small-refunds"));
  }

  @Test
  void refusesTheArgumentsThatADenyMatchesOnlyWhereTheTargetIsVisible() {
    RuleSpec deny = when("args.amount > 100", deny("no-large"));
    Policy open = policy(allow("all"), deny);
    assertThat(refund(open, ANN, "{\"amount\": 5}")).isEqualTo("all");
    assertThat(refund(open, ANN, "{\"amount\": 500}"))
        .isEqualTo(new Refusal.ArgumentsRefused(REFUND, "args.amount"));
    assertThat(refund(open, ANN, "{}"))
        .isEqualTo(new Refusal.ArgumentsRefused(REFUND, "args.amount"));
    assertThat(listed(open, ANN)).isEqualTo(new Decision.Conditional("all"));

    Policy closed = policy(deny);
    assertThat(refund(closed, ANN, "{\"amount\": 500}")).isEqualTo(UNKNOWN);
    assertThat(refund(policy(allow("all"), deny, deny("none")), ANN, "{\"amount\": 500}"))
        .isEqualTo(UNKNOWN);
  }

  @Test
  void namesEveryArgumentOfTheRuleAndNothingElse() {
    Policy policy =
        policy(
            when(
                "args.to == caller.subject && args.sum.value < 3 && args['by'] == 'x'",
                allow("own")));
    assertThat(refund(policy, ANN, "{\"to\": \"secret\"}"))
        .isEqualTo(new Refusal.ArgumentsRefused(REFUND, "args.by, args.sum.value, args.to"));
  }

  @Test
  void asksForTheScopesOfARuleThatWouldAllow() {
    Policy policy =
        policy(
            scopes(allow("many"), "refund:write", "refund:admin"),
            scopes(allow("few"), "refund:read", "refund:write"),
            scopes(when("caller.tenant == 'other'", allow("not-mine")), "cheap"));
    assertThat(refund(policy, ANN, "")).isEqualTo(lacking(List.of("refund:read", "refund:write")));
    assertThat(listed(policy, ANN)).isEqualTo(new Decision.Conditional("few"));
    assertThat(refund(policy(scopes(allow("held"), "refund:read")), ANN, "")).isEqualTo("held");
    assertThat(refund(policy(scopes(allow("any"), "x")), Caller.ANONYMOUS, ""))
        .isEqualTo(lacking(List.of("x")));
  }

  @Test
  void refusesArgumentsBeforeItAsksForScopesThatWouldNotHelp() {
    Policy policy = policy(scopes(when("args.amount <= 100", allow("small")), "refund:write"));
    assertThat(refund(policy, ANN, "{\"amount\": 5}")).isEqualTo(lacking(List.of("refund:write")));
    assertThat(refund(policy, ANN, "{\"amount\": 500}"))
        .isEqualTo(new Refusal.ArgumentsRefused(REFUND, "args.amount"));
  }

  @Test
  void onlyReportsWhatARuleInObserveModeWouldDeny() throws Refused {
    Policy policy =
        policy(
            allow("all"),
            observed(deny("would", "pay_*")),
            observed(deny("would-not", "other_*")),
            observed(when("caller.workload.id == 'x'", deny("would-fail"))));
    Permitted permitted =
        policy.authorize(RoutedFixture.routed(ANN, call("tools", "pay_refund", ""), "pay"));
    assertThat(permitted.grounds().rule()).isEqualTo("all");
    assertThat(permitted.grounds().observed()).containsExactly("would", "would-fail");
    assertThat(listed(policy, ANN)).isEqualTo(new Decision.Permit("all"));
  }

  @Test
  void allowsNothingByARuleInObserveMode() {
    Policy policy = policy(observed(allow("all")));
    assertThat(refund(policy, ANN, "")).isEqualTo(UNKNOWN);
    assertThat(listed(policy, ANN).visible()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Verb.class,
      names = {"CONTROL", "DISCOVER"})
  void needsNoRuleToOpenKeepListAndEnd(Verb verb) {
    Call call =
        new Call(
            "mcp",
            "2025-11-25",
            "tools",
            verb,
            "ping",
            Optional.empty(),
            Optional.empty(),
            list("tools").lane());
    assertThat(ask(policy(deny("all")), Caller.ANONYMOUS, call)).isEqualTo("none");
  }

  @Test
  void needsNoRuleToListenButOneToSubscribeToAResource() {
    Target resource = new Target(Target.Kind.RESOURCE, "demo://one");
    assertThat(ask(policy(), ANN, call("tools", Verb.SUBSCRIBE, resource, "")))
        .isEqualTo(new Refusal.NoSuchTarget(resource));
    assertThat(ask(policy(), ANN, withoutTarget(Verb.SUBSCRIBE))).isEqualTo("none");
  }

  @ParameterizedTest
  @EnumSource(
      value = Verb.class,
      names = {"INVOKE", "READ"})
  void refusesACallThatNamesNothing(Verb verb) {
    assertThat(ask(policy(allow("all")), ANN, withoutTarget(verb)))
        .isInstanceOf(Refusal.Malformed.class);
  }

  private static Call withoutTarget(Verb verb) {
    return new Call(
        "mcp",
        "2025-11-25",
        "tools",
        verb,
        "x",
        Optional.empty(),
        Optional.empty(),
        list("tools").lane());
  }

  @Test
  void showsInListsWhatMayBeCalled() throws Refused {
    Policy policy =
        policy(
            allow("files", "files_*"),
            when("args.amount <= 100", allow("refunds", "pay_refund")),
            when("call.target == 'odd'", allow("odd")),
            deny("no-deletes", "*_delete_*"));
    Permitted permitted = policy.authorize(RoutedFixture.routed(ANN, list("tools"), "pay"));
    assertThat(List.of("files_read", "pay_refund", "odd", "files_delete_all", "pay_all", "even"))
        .filteredOn(name -> permitted.shows(new Target(Target.Kind.TOOL, name)))
        .containsExactly("files_read", "pay_refund", "odd");
  }

  @Test
  void showsATargetThatSomeVerbMayBeUsedOn() {
    Target resource = new Target(Target.Kind.RESOURCE, "demo://one");
    Policy policy = policy(when("call.verb == 'read'", allow("readable")));
    assertThat(policy.decide(ANN, list("tools"), "pay", resource))
        .isEqualTo(new Decision.Conditional("readable"));
    assertThat(ask(policy, ANN, call("tools", Verb.READ, resource, ""))).isEqualTo("readable");
    assertThat(ask(policy, ANN, call("tools", Verb.SUBSCRIBE, resource, "")))
        .isEqualTo(new Refusal.ArgumentsRefused(resource, "call.verb"));
  }

  @Test
  void knowsWhetherEveryCallerSeesTheSame() {
    Policy policy =
        policy(
            at("plain", allow("all")),
            at("plain", deny("some", "x_*")),
            at("plain", observed(when("caller.tenant == 'a'", deny("watching")))),
            at("mixed", when("caller.tenant == 'a'", allow("tenant"))));
    assertThat(policy.uniform("plain")).isTrue();
    assertThat(policy.uniform("mixed")).isFalse();
    assertThat(policy(when("caller.tenant == 'a'", deny("everywhere"))).uniform("plain")).isFalse();
  }

  @Test
  void reportsTheProblemsOfEveryRuleAtOnce() {
    assertThatThrownBy(() ->
            Policy.compile(
                List.of(
                    when("caller.nam == ''", allow("one")),
                    allow("two"),
                    scopes(deny("three"), "s"),
                    when("1", deny("four")))))
        .isInstanceOfSatisfying(
            ConfigRejected.class,
            rejected ->
                assertThat(rejected.problems())
                    .extracting(problem -> problem.key())
                    .containsExactly("rules[0].when", "rules[2].scopes", "rules[3].when"));
  }

  private static Refusal lacking(List<String> scopes) {
    return new Refusal.ScopeMissing(
        new Challenge(Optional.of(Challenge.Error.INSUFFICIENT_SCOPE), scopes, Optional.empty()));
  }
}
