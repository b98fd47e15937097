package dev.turnpike.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.expression.Exchanges;
import org.junit.jupiter.api.Test;

/** What an administrator is told of the rules. */
class ExplanationTest {
  private static final Caller ANN = Exchanges.subject("ann", "acme", "payers");

  private final Policy policy =
      Rules.policy(
          Rules.when(
              "'payers' in caller.groups && args.amount <= 100", Rules.allow("small", "pay")),
          Rules.scopes(Rules.allow("grants", "grant"), "grant:write"),
          Rules.when("caller.tenant == 'labs'", Rules.allow("labs", "lab")),
          Rules.when("caller.workload.namespace == 'x'", Rules.allow("x", "lab")),
          Rules.deny("never", "drop"),
          Rules.observed(Rules.deny("watched", "pay")));

  private Explanation explain(String tool, String arguments) {
    Call call = Exchanges.call("tools", tool, arguments);
    return policy.explain(ANN, call, "up");
  }

  @Test
  void aCallIsLetThroughByTheRuleThatAllowsIt() {
    Explanation told = explain("pay", "{\"amount\":5}");
    assertThat(told.decision()).isEqualTo(Explanation.Word.PERMIT);
    assertThat(told.rules()).containsExactly("small");
    assertThat(told.why()).isEqualTo("It is let through: rule small allows it.");
    assertThat(told.findings())
        .extracting(Explanation.Finding::says)
        .containsExactly("allows it", "denies it, but is in observe mode and so without effect");
  }

  @Test
  void aCallIsRefusedBecauseOfItsArguments() {
    Explanation told = explain("pay", "{\"amount\":500}");
    assertThat(told.decision()).isEqualTo(Explanation.Word.DENY);
    assertThat(told.rules()).containsExactly("small");
    assertThat(told.why())
        .startsWith("It is refused because of args.amount:")
        .contains("rule small does not apply: its condition does not hold");
  }

  @Test
  void withoutArgumentsItIsWhatAListSays() {
    Explanation told = explain("pay", "");
    assertThat(told.decision()).isEqualTo(Explanation.Word.CONDITIONAL);
    assertThat(told.why()).contains("rule small depends on what only a call tells: args.amount");
  }

  @Test
  void scopesThatWouldHelpAreNamed() {
    Explanation told = explain("grant", "{}");
    assertThat(told.decision()).isEqualTo(Explanation.Word.DENY);
    assertThat(told.scopes()).containsExactly("grant:write");
    assertThat(told.why()).contains("would allow it to a token with the scopes grant:write");
  }

  @Test
  void aDenialNamesTheRuleThatDenies() {
    Explanation told = explain("drop", "{}");
    assertThat(told.decision()).isEqualTo(Explanation.Word.DENY);
    assertThat(told.rules()).containsExactly("never");
  }

  @Test
  void whereNoRuleAllowsItIsSaidOfEachWhyNot() {
    Explanation told = explain("lab", "{}");
    assertThat(told.decision()).isEqualTo(Explanation.Word.DENY);
    assertThat(told.rules()).containsExactly("default");
    assertThat(told.why())
        .isEqualTo(
            "To this caller the target does not exist: rule labs does not apply: its condition"
                + " does not hold; rule x does not allow it: its condition failed (missing).");
  }

  @Test
  void whatNoRuleIsAboutIsDeniedByDefault() {
    Explanation told = explain("other", "{}");
    assertThat(told.rules()).containsExactly("default");
    assertThat(told.why()).endsWith("no rule is about it.");
  }
}
