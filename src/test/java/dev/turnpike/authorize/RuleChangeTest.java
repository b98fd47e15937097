package dev.turnpike.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.config.RuleSpec;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Target;
import dev.turnpike.expression.Exchanges;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose lists a change of the rules changes. */
class RuleChangeTest {
  private static final Caller ANN = Exchanges.subject("ann", "acme", "readers");
  private static final Call CALL = Exchanges.call("tools", "x", "");
  private static final RuleSpec ECHO = Rules.allow("echo", "echo");

  private static Set<Target.Kind> change(RuleSpec[] before, RuleSpec... after) {
    return Rules.policy(before).changes(Rules.policy(after), ANN, CALL, "up");
  }

  private static RuleSpec[] rules(RuleSpec... rules) {
    return rules;
  }

  @Test
  void theSameRulesChangeNothingInWhateverOrder() {
    RuleSpec other = Rules.deny("other", "drop");
    assertThat(change(rules(ECHO, other), other, ECHO)).isEmpty();
    assertThat(change(rules(ECHO), Rules.allow("renamed", "echo"))).isEmpty();
  }

  @Test
  void moreOrLessOfAKindChangesThatKind() {
    assertThat(change(rules(ECHO), ECHO, Rules.allow("more", "pay")))
        .containsExactly(Target.Kind.TOOL);
    assertThat(change(rules(ECHO, Rules.deny("less", "drop")), ECHO))
        .containsExactly(Target.Kind.TOOL);
  }

  @Test
  void whatDoesNotApplyToTheCallerChangesNothingForIt() {
    RuleSpec labs = Rules.when("caller.tenant == 'labs'", Rules.allow("labs", "pay"));
    RuleSpec acme = Rules.when("caller.tenant == 'acme'", Rules.allow("acme", "pay"));
    RuleSpec broken = Rules.when("caller.workload.id == 'x'", Rules.allow("broken", "pay"));
    assertThat(change(rules(ECHO), ECHO, labs, broken)).isEmpty();
    assertThat(change(rules(ECHO), ECHO, acme)).containsExactly(Target.Kind.TOOL);
    assertThat(change(rules(ECHO), ECHO, Rules.observed(acme))).isEmpty();
  }

  @Test
  void aConditionOverArgumentsIsNotSeenInLists() {
    RuleSpec small = Rules.when("args.amount < 10", Rules.allow("pay", "pay"));
    RuleSpec large = Rules.when("args.amount < 100", Rules.allow("pay", "pay"));
    assertThat(change(rules(small), large)).isEmpty();
    RuleSpec deny = Rules.when("args.amount < 10", Rules.deny("no", "pay"));
    assertThat(change(rules(small), small, deny)).isEmpty();
    RuleSpec other = Rules.when("args.amount < 10", Rules.deny("other", "drop"));
    assertThat(change(rules(small), small, other)).isEmpty();
  }

  @Test
  void aDenialThatFailsDenies() {
    RuleSpec broken = Rules.when("caller.workload.id == 'x'", Rules.deny("broken", "echo"));
    assertThat(change(rules(ECHO), ECHO, broken)).containsExactly(Target.Kind.TOOL);
  }

  @Test
  void aConditionOverTheTargetIsComparedAsWritten() {
    RuleSpec a = Rules.when("call.target == 'a'", Rules.allow("r", "*"));
    RuleSpec b = Rules.when("call.target == 'b'", Rules.allow("r", "*"));
    assertThat(change(rules(a), b)).containsExactly(Target.Kind.TOOL);
    assertThat(change(rules(a), a)).isEmpty();
  }
}
