package dev.turnpike.protocol.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.turnpike.exchange.Allowance;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.rpc.Payload;
import dev.turnpike.testkit.RawAnswer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class McpNotesTest {
  private static final List<Allowance> LEFT =
      List.of(new Allowance("minute", "tokens", 600, 12, Duration.ofMillis(1_500)));
  private final McpNotes notes = new McpNotes();

  private JsonNode meta(String result) {
    Payload message = Payload.of("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":" + result + "}");
    return RawAnswer.json(notes.left(message, LEFT).text()).path("result").path("_meta");
  }

  @Test
  void saysWhatIsLeftBesideWhatIsThere() {
    String said =
        "[{\"budget\":\"minute\",\"unit\":\"tokens\",\"limit\":600,\"remaining\":12,"
            + "\"resetSeconds\":2}]";
    assertThat(meta("{}").path(McpNotes.BUDGETS)).hasToString(said);
    JsonNode meta = meta("{\"content\":[],\"_meta\":{\"usage\":{\"input_tokens\":3}}}");
    assertThat(meta.path(McpNotes.BUDGETS)).hasToString(said);
    assertThat(meta.path("usage").path("input_tokens").asInt()).isEqualTo(3);
  }

  @Test
  void letsNoUpstreamSpeakForIt() {
    JsonNode meta = meta("{\"_meta\":{\"dev.turnpike/budgets\":[{\"remaining\":1000000}]}}");
    assertThat(meta.path(McpNotes.BUDGETS)).hasSize(1);
    assertThat(meta.path(McpNotes.BUDGETS).get(0).path("remaining").asInt()).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":[]}",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"_meta\":null}}",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-1,\"message\":\"no\"}}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}",
        "{\"result\":{",
      })
  void leavesAloneWhatHasNoPlaceForIt(String text) {
    Payload message = Payload.of(text);
    assertThat(notes.left(message, LEFT)).isSameAs(message);
  }

  @Test
  void standsInThePlaceOfAResultThatIsTooLarge() {
    Refusal.OverBudget over =
        new Refusal.OverBudget(
            "minute", "tokens", 600, 12, Duration.ofSeconds(3), Duration.ofMinutes(1), false);
    JsonNode error =
        RawAnswer.json(
            notes
                .outgrown(
                    Payload.of("{\"jsonrpc\":\"2.0\",\"id\":\"a\\\"b\",\"result\":{\"secret\":1}}"),
                    over)
                .text());
    assertThat(error.path("id").asText()).isEqualTo("a\"b");
    assertThat(error.has("result")).isFalse();
    assertThat(error.path("error").path("code").asInt()).isEqualTo(-31429);
    assertThat(error.path("error").path("message").asText())
        .startsWith("The result is larger than what is left: Over the budget minute");
    assertThat(error.path("error").path("data").path("remaining").asInt()).isEqualTo(12);
  }
}
