package dev.turnpike.authorize;

import static dev.turnpike.expression.Exchanges.call;
import static dev.turnpike.expression.Exchanges.subject;
import static dev.turnpike.expression.Exchanges.workload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.config.ConfigReader;
import dev.turnpike.config.ConfigRejected;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Verb;
import dev.turnpike.route.RoutedFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules as they stand in a file, from the text to the decision. */
class WrittenRulesTest {
  private static final String HEAD =
      """
      upstreams: { up: { mcp: { url: "http://127.0.0.1:1/mcp" } } }
      endpoints:
        everything: { mcp: { upstreams: [up] } }
        tools: { mcp: { upstreams: [up] } }
      """;

  private static final String RULES =
      """
      rules:
        - name: anyone-may-try-everything
          allow: { endpoints: [everything] }
        - name: readers-may-read
          allow:
            endpoints: [tools]
            tools: ["files_read_*", "files_list_*"]
            resources: ["file:///srv/files/**"]
          when: '"readers" in caller.groups'
        - name: small-refunds
          allow: { tools: ["pay_refund"] }
          when: 'args.amount <= 100'
        - name: no-deletes-from-labs
          deny: { tools: ["*_delete_*"] }
          when: 'caller.workload.namespace == "labs"'
      """;

  private static final Caller READER = subject("ann", "acme", "readers");
  private static final Caller OTHER = subject("bob", "acme");

  private static Policy policy(String rules) throws ConfigRejected {
    return Policy.compile(ConfigReader.read(HEAD + rules, "my.yaml", name -> null).rules());
  }

  private static String ask(Caller caller, Call call) throws ConfigRejected {
    try {
      return policy(RULES).authorize(RoutedFixture.routed(caller, call, "up")).grounds().rule();
    } catch (Refused e) {
      return e.reason() instanceof Refusal.ArgumentsRefused(_, var words)
          ? words
          : e.reason().getClass().getSimpleName();
    }
  }

  @Test
  void letsAnyoneTryAnythingOfAnEndpoint() throws ConfigRejected {
    assertThat(ask(Caller.ANONYMOUS, call("everything", "echo", "{}")))
        .isEqualTo("anyone-may-try-everything");
    assertThat(ask(Caller.ANONYMOUS, call("tools", "echo", "{}"))).isEqualTo("NoSuchTarget");
  }

  @ParameterizedTest
  @CsvSource({
    "files_read_text, readers-may-read",
    "files_list_, readers-may-read",
    "files_write_text, NoSuchTarget",
  })
  void letsReadersUseTheToolsThatPatternsName(String tool, String answer) throws ConfigRejected {
    assertThat(ask(READER, call("tools", tool, "{}"))).isEqualTo(answer);
    assertThat(ask(OTHER, call("tools", tool, "{}"))).isEqualTo("NoSuchTarget");
    assertThat(ask(Caller.ANONYMOUS, call("tools", tool, "{}"))).isEqualTo("NoSuchTarget");
  }

  @ParameterizedTest
  @CsvSource({
    "file:///srv/files/a/b.txt, readers-may-read",
    "file:///srv/other.txt, NoSuchTarget",
  })
  void letsReadersFetchResourcesBelowAFolder(String uri, String answer) throws ConfigRejected {
    Target resource = new Target(Target.Kind.RESOURCE, uri);
    assertThat(ask(READER, call("tools", Verb.READ, resource, ""))).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"amount\": 99.5} | small-refunds",
        "{\"amount\": 100}  | small-refunds",
        "{\"amount\": 100.5}| args.amount",
        "{\"amount\": 1000} | args.amount",
        "{}                 | args.amount",
      })
  void refundsSmallAmounts(String arguments, String answer) throws ConfigRejected {
    assertThat(ask(OTHER, call("tools", "pay_refund", arguments))).isEqualTo(answer);
  }

  @Test
  void deniesDeletesToLabsAndToWhomItCannotTellFromThem() throws ConfigRejected {
    Call delete = call("everything", "files_delete_all", "{}");
    assertThat(ask(workload("labs"), delete)).isEqualTo("NoSuchTarget");
    assertThat(ask(Caller.ANONYMOUS, delete)).isEqualTo("NoSuchTarget");
    assertThat(ask(workload("prod"), delete)).isEqualTo("anyone-may-try-everything");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "caller.nam == 1     | my.yaml:8:17: rules[0].when: ",
        "true && call.foo    | my.yaml:8:23: rules[0].when: ",
        "args.amount         +| my.yaml:8:",
      })
  void leadsToThePlaceOfAnErrorInTheFile(String when, String place) {
    assertThatThrownBy(() ->
            policy(
                """
                rules:
                  - name: broken
                    allow: { endpoints: [tools] }
                    when: %s
                """
                    .formatted(when)))
        .isInstanceOf(ConfigRejected.class)
        .hasMessageStartingWith(place);
  }
}
