package dev.turnpike.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.config.ConfigRejected;
import dev.turnpike.expression.Condition;
import dev.turnpike.expression.CounterKey;
import dev.turnpike.expression.Exchanges;
import dev.turnpike.expression.Expressions;
import dev.turnpike.expression.Facts;
import dev.turnpike.expression.Verdict;

/** Conditions and counter keys: refused with a reason, or they never throw and always end. */
final class ExpressionTarget implements Target {
  private static final String ARGS =
      "{\"amount\":5,\"big\":1e300,\"confirmed\":true,\"none\":null,\"a\":{\"b\":[1,\"x\",2.5]}}";

  @Override
  public boolean judge(byte[] input) {
    String text = new String(input, UTF_8);
    return condition(text) | key(text);
  }

  private static Facts facts(String arguments) {
    return new Facts(
        Exchanges.subject("ann", "acme", "readers"),
        Exchanges.call("tools", "pay_refund", arguments),
        "pay");
  }

  private static Facts bare() {
    return new Facts(Exchanges.workload("labs"), Exchanges.list("tools"), "pay");
  }

  private static boolean condition(String text) {
    Condition condition;
    try {
      condition = Expressions.condition("rules[0].when", Exchanges.written(text));
    } catch (ConfigRejected rejected) {
      mustBeTold(rejected);
      return false;
    }
    assertThat(verdict(condition, facts(ARGS))).isEqualTo(verdict(condition, facts(ARGS)));
    condition.test(bare());
    Verdict unreadable = condition.test(facts("{\"amount\":1e99999}"));
    assertThat(unreadable).isNotNull();
    boolean reads = condition.reads().stream().anyMatch(path -> path.startsWith("args"));
    assertThat(condition.readsArguments()).isEqualTo(reads);
    if (!condition.readsArguments()) {
      assertThat(verdict(condition, facts("{}"))).isEqualTo(verdict(condition, facts(ARGS)));
    }
    return true;
  }

  private static String verdict(Condition condition, Facts facts) {
    return condition.test(facts).toString();
  }

  private static boolean key(String text) {
    CounterKey key;
    try {
      key = Expressions.key("budgets[0].per", Exchanges.written(text));
    } catch (ConfigRejected rejected) {
      mustBeTold(rejected);
      return false;
    }
    assertThat(key.of(facts(ARGS)).length()).isLessThanOrEqualTo(256);
    assertThat(key.of(facts(ARGS))).isEqualTo(key.of(facts(ARGS)));
    assertThat(key.of(bare())).isNotNull();
    return true;
  }

  private static void mustBeTold(ConfigRejected rejected) {
    assertThat(rejected.problems()).isNotEmpty();
    rejected
        .problems()
        .forEach(problem -> {
          assertThat(problem.mark().column()).isPositive();
          assertThat(problem.toString().lines().count()).isEqualTo(1);
        });
  }
}
