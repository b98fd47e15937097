package dev.turnpike.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.admin.ExplainQuery;
import dev.turnpike.authorize.Explanation;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Target;
import dev.turnpike.rpc.Payload;
import dev.turnpike.testkit.Road;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What administrators are told of calls to agents is what would become of these. */
class ExplainerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OPERATION|GetTask||PERMIT",
        "TOOL|GetTask||PERMIT",
        "OPERATION|SendMessage|{\"amount\":100}|PERMIT",
        "OPERATION|SendMessage|{\"amount\":101}|DENY",
        "OPERATION|SendMessage||CONDITIONAL",
        "OPERATION|CancelTask||DENY"
      })
  void explainsOperationsOfAgents(
      Target.Kind kind, String name, String arguments, Explanation.Word word) {
    try (Road road =
        Road.serving(
            """
            upstreams: { up: { a2a: { card: "http://127.0.0.1:1/" } } }
            endpoints: { agent: { a2a: { upstream: up }, anonymous: true } }
            rules:
              - { name: look, allow: { operations: ["Get*"] }, when: 'call.protocol == "a2a"' }
              - { name: send, allow: { operations: [SendMessage] }, when: 'args.amount <= 100' }
            """)) {
      Optional<Explanation> told =
          new Explainer(road.gateway())
              .explain(
                  new ExplainQuery(
                      Caller.ANONYMOUS,
                      "agent",
                      new Target(kind, name),
                      Optional.ofNullable(arguments).map(Payload::of)));
      assertThat(told).map(Explanation::decision).contains(word);
    }
  }
}
