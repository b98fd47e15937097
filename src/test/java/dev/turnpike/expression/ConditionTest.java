package dev.turnpike.expression;

import static dev.turnpike.expression.Exchanges.call;
import static dev.turnpike.expression.Exchanges.subject;
import static dev.turnpike.expression.Exchanges.workload;
import static dev.turnpike.expression.Exchanges.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.config.ConfigRejected;
import dev.turnpike.config.Mark;
import dev.turnpike.config.Written;
import dev.turnpike.exchange.Caller;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
  private static final Caller ANN = subject("ann", "acme", "readers", "payers");

  private static Verdict test(String text, Caller caller, String arguments) throws ConfigRejected {
    return Expressions.condition("rules[0].when", written(text))
        .test(new Facts(caller, call("tools", "pay_refund", arguments), "pay"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'readers' in caller.groups",
        "args.amount <= 100",
        "args.amount <= 100.5",
        "args.amount == 100.0",
        "100 in args.list",
        "args.text.startsWith('a') && args.text.matches('^a+$')",
        "args.nested.deep[1] == 'two'",
        "args['amount'] == 100",
        "args.nothing == null",
        "args.list.all(x, x <= 100)",
        "args.list.exists(x, x > 99) && size(args.list) == 2",
        "caller.subject == 'ann' && caller.client == 'app-ann' && caller.tenant == 'acme'",
        "'refund:read' in caller.scopes",
        "caller.claims.level == 7 && caller.claims.org.unit == 'pay'",
        "call.protocol == 'mcp' && call.revision == '2025-11-25' && call.endpoint == 'tools'",
        "call.upstream == 'pay' && call.verb == 'invoke' && call.target == 'pay_refund'",
        "call.lane == 'stable'",
        "has(caller.subject) && !has(caller.workload) && !has(caller.workload.id)",
        "!has(args.none) && !has(args.none.deeper) && has(args.nested.deep)",
        "!has(caller.claims.org.boss)",
      })
  void holdsForWhatTheCallerAndTheCallAre(String text) throws ConfigRejected {
    assertThat(
            test(
                text,
                ANN,
                """
                {"amount": 100, "list": [1, 100.0], "text": "aa", "nothing": null,
                 "nested": {"deep": ["one", "two"]}}\
                """))
        .isEqualTo(Verdict.YES);
  }

  @Test
  void readsTheWorkloadThatTheMeshProved() throws ConfigRejected {
    String text =
        "caller.workload.namespace == 'labs' && caller.workload.trustDomain == 'cluster.local'"
            + " && caller.workload.serviceAccount == 'agent'"
            + " && caller.workload.id == 'spiffe://cluster.local/ns/labs/sa/agent'";
    assertThat(test(text, workload("labs"), "")).isEqualTo(Verdict.YES);
    assertThat(test(text, workload("prod"), "")).isEqualTo(Verdict.NO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "100    | true",
        "100.0  | true",
        "99.999 | true",
        "1e2    | true",
        "-5     | true",
        "101    | false",
        "100.01 | false",
        "1e30   | false",
        "9223372036854775807 | false",
      })
  void comparesAnIntegerOfTheRuleWithAnyNumberOfTheCall(String amount, boolean holds)
      throws ConfigRejected {
    assertThat(test("args.amount <= 100", ANN, "{\"amount\": " + amount + "}"))
        .isEqualTo(holds ? Verdict.YES : Verdict.NO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "args.amount <= 100               | {}                    | missing",
        "args.amount <= 100               | {\"amount\": \"5\"}   | type",
        "args.amount <= 100               | {\"amount\": null}    | type",
        "args.amount <= 100               | {\"amount\": [1]}     | type",
        "args.flag                        | {\"flag\": 1}         | type",
        "args.a.b == 1                    | {\"a\": {}}           | missing",
        "args.a.b == 1                    | {\"a\": 3}            | missing",
        "1 / args.zero == 1               | {\"zero\": 0}         | arithmetic",
        "args.big + 1 > 0  | {\"big\": 9223372036854775807}       | arithmetic",
        "args.amount != 5  | {\"amount\": 9223372036854775808}    | arguments",
        "args.amount <= 100 | {\"amount\": 1, \"other\": 1e999}   | arguments",
        "args.amount <= 100 | [1]                                 | arguments",
        "args.amount <= 100 | {\"amount\": 1                      | arguments",
        "args.text.matches(args.pattern) | {\"text\": \"a\", \"pattern\": \"(\"} | value",
      })
  void failsWithOneWordAndNeverThrows(String text, String arguments, String kind)
      throws ConfigRejected {
    assertThat(test(text, ANN, arguments)).isEqualTo(new Verdict.Failed(kind));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "caller.subject == ''",
        "caller.tenant == 'acme'",
        "'readers' in caller.groups",
        "!('admins' in caller.groups)",
        "caller.workload.namespace == 'labs'",
        "caller.claims.level == 7",
      })
  void findsAMemberOfACallerWithoutIdentityMissing(String text) throws ConfigRejected {
    assertThat(test(text, Caller.ANONYMOUS, "{}")).isEqualTo(new Verdict.Failed("missing"));
  }

  @Test
  void takesAnEmptyTenantForAMissingOne() throws ConfigRejected {
    assertThat(test("has(caller.tenant)", subject("ann", ""), "")).isEqualTo(Verdict.NO);
  }

  @Test
  void takesACallWithoutArgumentsForOneWithNone() throws ConfigRejected {
    assertThat(test("!has(args.amount)", ANN, "")).isEqualTo(Verdict.YES);
  }

  @Test
  void doesNotReadArgumentsThatTheConditionDoesNotNeed() throws ConfigRejected {
    assertThat(test("caller.tenant == 'acme' || args.x == 1", ANN, "not JSON"))
        .isEqualTo(Verdict.YES);
  }

  @Test
  void givesUpOnALoopOverMoreThanItsShare() throws ConfigRejected {
    String many =
        IntStream.range(0, Expressions.ITERATIONS + 1)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(",", "{\"list\": [", "]}"));
    assertThat(test("args.list.all(x, x >= 0)", ANN, many)).isEqualTo(new Verdict.Failed("cost"));
  }

  @Test
  void countsTheStepsOfNestedLoopsTogether() throws ConfigRejected {
    String list =
        IntStream.range(0, 100)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(",", "{\"list\": [", "]}"));
    assertThat(test("args.list.all(x, args.list.all(y, x + y >= 0))", ANN, list))
        .isEqualTo(new Verdict.Failed("cost"));
  }

  @Test
  void surfacesDeeplyNestedArgumentsWithoutAnException() throws ConfigRejected {
    String deep = "{\"a\": " + "[".repeat(500) + "]".repeat(500) + "}";
    assertThat(test("args.a == args.a", ANN, deep)).isInstanceOf(Verdict.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "caller.nam == 'x'         | 17 | undefined field 'nam'",
        "call.foo == 'x'           | 15 | undefined field 'foo'",
        "caller.workload.pod == '' | 26 | undefined field 'pod'",
        "callr.subject == 'x'      | 11 | undeclared reference to 'callr'",
        "true && tool == 'x'       | 19 | undeclared reference to 'tool'",
      })
  void namesThePlaceOfAWordThatDoesNotExistAndWhatExists(String text, int column, String said) {
    assertThatThrownBy(() -> Expressions.condition("rules[0].when", written(text)))
        .isInstanceOf(ConfigRejected.class)
        .hasMessageStartingWith("turnpike.yaml:7:" + column + ": rules[0].when: ")
        .hasMessageContaining(said)
        .hasMessageContaining("caller.{workload, subject, client, tenant, groups, scopes, claims}")
        .hasMessageContaining("call.{protocol, revision, endpoint, upstream, verb, target, lane}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "caller.subject",
        "caller.subject == 1",
        "'a' in caller.subject",
        "args == 1",
        "args.amount <=",
        "has(caller)",
        "caller.groups.exists(g)",
        "",
        "caller.subject.reverse() == 'x'",
      })
  void refusesWhatIsNoCondition(String text) {
    assertThatThrownBy(() -> Expressions.condition("rules[0].when", written(text)))
        .isInstanceOf(ConfigRejected.class);
  }

  @Test
  void refusesAnExpressionThatIsTooLongOrTooDeep() {
    assertThatThrownBy(() -> Expressions.condition("k", written("true" + " || true".repeat(1000))))
        .isInstanceOf(ConfigRejected.class);
    assertThatThrownBy(
            () -> Expressions.condition("k", written("(".repeat(200) + "true" + ")".repeat(200))))
        .isInstanceOf(ConfigRejected.class);
  }

  @Test
  void givesTheLineOfTheScalarWhereItSpansSeveral() {
    assertThatThrownBy(() ->
            Expressions.condition(
                "k", new Written<>("true &&\n  nonsense\n", new Mark("f.yaml", 3, 5))))
        .hasMessageStartingWith("f.yaml:3:5: k: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "args.amount <= 100                            | true  | args.amount",
        "has(args.a.b)                                 | true  | args.a.b",
        "args['amount'] == 1                           | true  | args.amount",
        ".args.amount == 1                             | true  | args.amount",
        "size(args) == 0                               | true  | args",
        "caller.tenant == 'x' ? true : args.a == 1     | true  | args.a",
        "args.list.all(x, x.y == 1)                    | true  | args.list",
        "caller.groups.exists(g, g == args.group)      | true  | args.group",
        "caller.tenant == 'args'                       | false | caller.tenant",
      })
  void knowsWhatItReads(String text, boolean arguments, String path) throws ConfigRejected {
    Condition condition = Expressions.condition("k", written(text));
    assertThat(condition.readsArguments()).isEqualTo(arguments);
    assertThat(condition.reads()).contains(path);
  }
}
