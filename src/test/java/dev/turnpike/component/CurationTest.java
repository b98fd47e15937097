package dev.turnpike.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.testkit.RawAnswer;
import dev.turnpike.testkit.RawCaller;
import dev.turnpike.testkit.RawRequest;
import dev.turnpike.testkit.Scripts;
import org.junit.jupiter.api.Test;

/** Endpoints that choose and change what they show. */
class CurationTest extends OwnRoad {
  @Override
  String file() {
    return super.file()
        .replace(
            "endpoints:\n",
            """
            endpoints:
              chosen:
                mcp:
                  upstreams: [one, old]
                  tools:
                    choose: ["one_*", old_pay]
                    edit:
                      - { tool: one_echo, name: say, description: "Says it again", timeout: 200ms }
                      - { tool: old_pay, idempotent: true }
                anonymous: true
              misspelt:
                mcp:
                  upstreams: [one, old]
                  tools: { choose: ["nine_*", old_echo], edit: [{ tool: old_ecko, name: say }] }
                anonymous: true
              alone:
                mcp: { upstreams: [old], tools: { choose: [echo], edit: [{ tool: echo, name: say }] } }
                anonymous: true
            """);
  }

  private JsonNode list(String endpoint) {
    RawRequest list = RawRequest.modern(endpoint, "1", "tools/list", "");
    return RawCaller.ask(road, list).json().at("/result/tools");
  }

  private RawAnswer call(String endpoint, String tool) {
    return RawCaller.ask(road, RawRequest.call(endpoint, "1", tool, "{}"));
  }

  @Test
  void showWhatTheyChooseUnderTheNamesThatTheyGive() {
    JsonNode tools = list("chosen");
    assertThat(tools)
        .extracting(tool -> tool.path("name").asText())
        .containsExactly("say", "one_secret", "one_pay", "one_region", "old_pay");
    assertThat(tools.get(0).toString())
        .isEqualTo(
            "{\"name\":\"say\",\"inputSchema\":{\"type\":\"object\"},\"description\":\"Says it again\"}");
    assertThat(call("chosen", "say").code()).isZero();
    assertThat(up.only("tools/call").text()).contains("\"name\":\"echo\"");
    assertThat(road.federation().told()).isEmpty();
    assertThat(call("chosen", "one_echo").code()).isEqualTo(-32602);
    assertThat(call("chosen", "old_echo").code()).isEqualTo(-32602);
  }

  @Test
  void areToldOnceWhatOfItFitsNoTool() {
    for (int i = 0; i < 3; i++) {
      assertThat(list("misspelt")).hasSize(1);
    }
    assertThat(road.federation().told())
        .containsExactly("unfit misspelt: [choose: nine_*, edit: old_ecko]");
  }

  @Test
  void keepTheNamesOfOneUpstreamAndCallNothingThatIsInNoList() {
    assertThat(list("alone")).extracting(tool -> tool.path("name").asText()).containsExactly("say");
    assertThat(call("alone", "say").code()).isZero();
    assertThat(call("alone", "unlisted").code()).isEqualTo(-32602);
    assertThat(old.seen("tools/call")).hasSize(1);
  }

  @Test
  void giveAToolItsOwnTime() {
    up.on("tools/call", Scripts.hang());
    RawAnswer late = call("chosen", "say");
    assertThat(late.status()).isEqualTo(504);
    assertThat(late.text()).contains("200 ms");
  }

  @Test
  void sayWhichToolMayBeCalledAgain() {
    old.on("tools/call", Scripts.inTurn(Scripts.reset(), Scripts.json(Scripts.RESULT)));
    assertThat(call("chosen", "old_pay").code()).isZero();
    assertThat(old.seen("tools/call")).hasSize(2);
    up.on("tools/call", Scripts.inTurn(Scripts.reset(), Scripts.json(Scripts.RESULT)));
    assertThat(call("chosen", "one_pay").status()).isEqualTo(502);
    assertThat(up.seen("tools/call")).hasSize(1);
  }
}
