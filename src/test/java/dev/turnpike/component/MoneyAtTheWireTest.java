package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import org.junit.jupiter.api.Test;

/** What calls cost, by their tool and by the model that the upstream says it used. */
class MoneyAtTheWireTest extends OwnRoad {
  private static final String PRICES =
      """
      prices:
        - { name: big, match: { tools: [ask] }, models: ["gpt-*"], cost: input + output * 2 }
        - { name: small, match: { tools: [ask] }, models: ["mini-*"], cost: big / 10 }
        - { name: draw, match: { tools: [draw] }, cost: 5 }
      """;

  @Override
  String file() {
    return file(5_000);
  }

  private String file(int limit) {
    return super.file()
        + PRICES
        + "budgets: [{ name: spend, limit: %d.50, unit: money, window: month }]\n".formatted(limit);
  }

  private static String result(String meta) {
    return "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"resultType\":\"complete\","
        + "\"content\":[],\"_meta\":"
        + meta
        + "}}";
  }

  private static String used(String model) {
    return "{\"usage\":{\"input_tokens\":100,\"output_tokens\":50,\"model\":\"" + model + "\"}}";
  }

  private RawAnswer ask(String tool) {
    return RawCaller.ask(road, RawRequest.call("one", "7", tool, "{}"));
  }

  private void left(long units) {
    Eventually.holds(
        units + " are left",
        () -> ask("free").fields().first("ratelimit").startsWith("\"spend\";r=" + units + ";"));
  }

  @Test
  void isTakenWhenTheModelIsKnownAndKeptOverAReload() {
    up.on("tools/call", Scripts.json(result(used("gpt-5"))));
    RawAnswer first = ask("ask");
    assertThat(first.fields().first("ratelimit-policy"))
        .matches("\"spend\";q=5000;w=[0-9]+;qu=\"money\"");
    left(4_800);
    up.on("tools/call", Scripts.json(result(used("mini-2"))));
    ask("ask");
    left(4_780);
    up.on("tools/call", Scripts.json(result("{\"model\":\"mini-2\"}")));
    ask("draw");
    left(4_775);
    up.on("tools/call", Scripts.json(result("{}")));
    old.on(
        "tools/call",
        Scripts.json(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{\"content\":[],\"_meta\":"
                + used("gpt-4")
                + "}}"));
    RawCaller.ask(road, RawRequest.call("old", "7", "ask", "{}"));
    left(4_575);

    road.reload(file(425));
    left(0);
    RawAnswer over = ask("draw");
    assertThat(over.status()).isEqualTo(429);
    assertThat(over.json().at("/error/data/unit").asText()).isEqualTo("money");
    assertThat(over.json().at("/error/data/limit").asInt()).isEqualTo(425);
    assertThat(over.json().at("/error/data/remaining").asInt(-1)).isZero();
    assertThat(over.fields().first("ratelimit")).startsWith("\"spend\";r=0;t=");
    road.reload(file(5_000).replace("cost: 5", "cost: 70"));
    ask("draw");
    left(4_505);
  }
}
