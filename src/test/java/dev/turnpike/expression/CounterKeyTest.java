package dev.turnpike.expression;

import static dev.turnpike.expression.Exchanges.call;
import static dev.turnpike.expression.Exchanges.subject;
import static dev.turnpike.expression.Exchanges.workload;
import static dev.turnpike.expression.Exchanges.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.config.ConfigRejected;
import dev.turnpike.exchange.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CounterKeyTest {
  private static String key(String text, Caller caller, String arguments) throws ConfigRejected {
    return Expressions.key("budgets[0].per", written(text))
        .of(new Facts(caller, call("tools", "pay_refund", arguments), "pay"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "caller.tenant                            | acme",
        "caller.tenant + '/' + call.target        | acme/pay_refund",
        "size(caller.groups)                      | 1",
        "size(caller.groups) > 0 | true",
        "args.region                              | eu",
        "caller.claims.level                      | 7",
        "3u                                       | 3",
      })
  void countsByTheValue(String text, String value) throws ConfigRejected {
    assertThat(key(text, subject("ann", "acme", "readers"), "{\"region\": \"eu\"}"))
        .isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"caller.tenant", "caller.workload.id", "args.region", "args.list", "args.half"})
  void countsUnderNoneWhatHasNoValue(String text) throws ConfigRejected {
    assertThat(key(text, Caller.ANONYMOUS, "{\"list\": [1], \"half\": 0.5}")).isEqualTo("none");
  }

  @Test
  void keepsAKeyShortHoweverLongTheValue() throws ConfigRejected {
    String one = key("args.x", workload("labs"), "{\"x\": \"" + "a".repeat(9000) + "\"}");
    String other = key("args.x", workload("labs"), "{\"x\": \"" + "a".repeat(9001) + "\"}");
    assertThat(one).hasSizeLessThanOrEqualTo(256).isNotEqualTo(other);
  }

  @ParameterizedTest
  @ValueSource(strings = {"caller.groups", "1.5", "args", "caller.workload", "caller.workload.ip"})
  void refusesWhatNothingCanBeCountedBy(String text) {
    assertThatThrownBy(() -> Expressions.key("budgets[0].per", written(text)))
        .isInstanceOf(ConfigRejected.class)
        .hasMessageContaining("turnpike.yaml:7:");
  }
}
