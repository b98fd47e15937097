package dev.turnpike.protocol.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Lane;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Verb;
import dev.turnpike.rpc.JsonPointer;
import dev.turnpike.rpc.Payload;
import dev.turnpike.tokens.Piece;
import dev.turnpike.tokens.Reported;
import dev.turnpike.tokens.Reporting;
import dev.turnpike.tokens.Weight;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class McpScalesTest {
  private static Call call(Verb verb, String method) {
    return new Call(
        "mcp",
        "2026-07-28",
        "e",
        verb,
        method,
        Optional.of(new Target(Target.Kind.TOOL, "t")),
        Optional.empty(),
        Lane.STABLE);
  }

  private static Weight weigh(String result) {
    return new McpScales(McpScales.USUAL)
        .weigh(
            call(Verb.INVOKE, "tools/call"),
            Payload.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + result + "}"));
  }

  private static Piece string(String quoted) {
    return Piece.string(Payload.of(quoted));
  }

  private static Piece json(String json) {
    return Piece.json(Payload.of(json));
  }

  @Test
  void isNotMisledByAResultWithinAResult() {
    Weight weight =
        weigh(
            "{\"content\":[{\"type\":\"text\",\"text\":\"a\"}],\"result\":{},"
                + "\"_meta\":{\"usage\":{\"output_tokens\":5}}}");
    assertThat(weight.pieces()).containsExactly(string("\"a\""));
    assertThat(weight.reported().output()).hasValue(5);
  }

  @Test
  void theTextsOfAToolsResultCount() {
    Weight weight =
        weigh(
            "{\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"text\":\"b\",\"type\":\"text\"}]}");
    assertThat(weight.kind()).isEqualTo(Weight.Kind.RESULT);
    assertThat(weight.pieces()).containsExactly(string("\"a\""), string("\"b\""));
    assertThat(weight.reported()).isEqualTo(Reported.NOTHING);
  }

  @Test
  void ofTextAndStructuredContentTheLargerCounts() {
    assertThat(
            weigh(
                    "{\"content\":[{\"type\":\"text\",\"text\":\"see\"}],"
                        + "\"structuredContent\":{\"rows\":[1,2,3]}}")
                .pieces())
        .containsExactly(json("{\"rows\":[1,2,3]}"));
    assertThat(
            weigh(
                    "{\"content\":[{\"type\":\"text\",\"text\":\"a long text\"}],"
                        + "\"structuredContent\":{}}")
                .pieces())
        .containsExactly(string("\"a long text\""));
  }

  @Test
  void whatIsNoTextCountsByARule() {
    assertThat(weigh("{\"content\":[{\"type\":\"image\",\"data\":\"AAAA\"}]}").fixed())
        .isEqualTo(1_000);
    String sound = "A".repeat(4_096);
    assertThat(weigh("{\"content\":[{\"type\":\"audio\",\"data\":\"" + sound + "\"}]}").fixed())
        .isEqualTo(6);
  }

  @Test
  void embeddedResourcesAndLinksCount() {
    assertThat(
            weigh(
                    "{\"content\":[{\"type\":\"resource\",\"resource\":{\"uri\":\"a:b\",\"text\":\"in\"}},"
                        + "{\"type\":\"resource_link\",\"uri\":\"c:d\",\"name\":\"n\"}]}")
                .pieces())
        .containsExactly(
            string("\"in\""), json("{\"type\":\"resource_link\",\"uri\":\"c:d\",\"name\":\"n\"}"));
  }

  @Test
  void whatIsReadAndPromptsCount() {
    assertThat(
            weigh("{\"contents\":[{\"uri\":\"a:b\",\"text\":\"x\"},{\"blob\":\"QUJD\"}]}").pieces())
        .containsExactly(string("\"x\""), string("\"QUJD\""));
    assertThat(
            weigh(
                    "{\"messages\":[{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\"hi\"}},"
                        + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"ho\"}]}]}")
                .pieces())
        .containsExactly(string("\"hi\""), string("\"ho\""));
    assertThat(weigh("{\"completion\":{\"values\":[\"p\"]}}").pieces())
        .containsExactly(json("[\"p\"]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"usage\":{\"input_tokens\":10,\"output_tokens\":20,\"cached_tokens\":3}}",
        "{\"usage\":{\"inputTokens\":10,\"outputTokens\":20,\"cachedTokens\":3}}",
        "{\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":20,\"cache_read_input_tokens\":3}}",
        "{\"adk_usage_metadata\":{\"promptTokenCount\":10,\"candidatesTokenCount\":20,"
            + "\"cachedContentTokenCount\":3}}"
      })
  void whatThePeerReportsIsHeard(String meta) {
    assertThat(weigh("{\"content\":[],\"_meta\":" + meta + "}").reported())
        .isEqualTo(new Reported(OptionalLong.of(10), OptionalLong.of(20), OptionalLong.of(3)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"usage\":{\"model\":\"gpt-5\"}} | gpt-5",
        "{\"model\":\"gpt-5\"} | gpt-5",
        "{\"usage\":{\"model\":\"gpt-5\",\"input_tokens\":1},\"model\":\"other\"} | gpt-5",
        "{\"usage\":{\"model\":\" \"},\"model\":\"other\"} | other",
        "{\"model\":5} | -",
        "{\"model\":{\"model\":\"x\"}} | -",
        "{} | -"
      })
  void theModelThatThePeerNamesIsHeard(String meta, String model) {
    assertThat(weigh("{\"content\":[],\"_meta\":" + meta + "}").reported().model().orElse("-"))
        .isEqualTo(model);
  }

  @Test
  void aModelWithALongNameIsCut() {
    String meta = "{\"model\":\"" + "m".repeat(5_000) + "\"}";
    assertThat(weigh("{\"content\":[],\"_meta\":" + meta + "}").reported().model())
        .contains("m".repeat(128));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "-0",
        "1.5",
        "1e3",
        "\"10\"",
        "null",
        "1000000000000001",
        "9999999999999999",
        "99999999999999999999",
        "{}"
      })
  void whatIsNoCountIsNotReported(String value) {
    assertThat(
            weigh("{\"content\":[],\"_meta\":{\"usage\":{\"input_tokens\":" + value + "}}}")
                .reported())
        .isEqualTo(Reported.NOTHING);
  }

  @Test
  void theLargestFigureIsReported() {
    assertThat(
            weigh("{\"content\":[],\"_meta\":{\"usage\":{\"input_tokens\":1000000000000000}}}")
                .reported()
                .input())
        .hasValue(Reported.MOST);
  }

  private static Reported told(Reporting reporting, String result) {
    return new McpScales(reporting)
        .weigh(
            call(Verb.INVOKE, "tools/call"),
            Payload.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + result + "}"))
        .reported();
  }

  private static List<JsonPointer> at(String... pointers) {
    return Stream.of(pointers).map(JsonPointer::parse).toList();
  }

  @Test
  void whereThePeerReportsIsSet() {
    Reporting reporting =
        new Reporting(
            at("/_meta/acme.example~1cost/in", "/structuredContent/used/in"),
            at("/structuredContent/used/out"),
            at("/cached"),
            Reporting.Several.SUM);
    assertThat(
            told(
                reporting,
                "{\"content\":[],\"cached\":3,\"structuredContent\":{\"used\":{\"in\":1,\"out\":20}},"
                    + "\"_meta\":{\"acme.example/cost\":{\"in\":10},\"usage\":{\"input_tokens\":99}}}"))
        .isEqualTo(new Reported(OptionalLong.of(10), OptionalLong.of(20), OptionalLong.of(3)));
    assertThat(new McpScales(reporting).several()).isEqualTo(Reporting.Several.SUM);
    // the first that leads to a figure, though another stands before it
    assertThat(
            told(
                    reporting,
                    "{\"structuredContent\":{\"used\":{\"in\":1}},\"_meta\":{\"acme.example/cost\":{\"in\":-1}}}")
                .input())
        .hasValue(1);
    // nothing is read where nothing was pointed to
    assertThat(told(reporting, "{\"_meta\":{\"usage\":{\"input_tokens\":99}}}"))
        .isEqualTo(Reported.NOTHING);
    // and a pointer to what is looked at anyway takes nothing away
    assertThat(
            new McpScales(new Reporting(at("/content"), at(), at(), Reporting.Several.LAST))
                .weigh(
                    call(Verb.INVOKE, "tools/call"),
                    Payload.of("{\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"a\"}]}}"))
                .pieces())
        .containsExactly(string("\"a\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"inputRequests\":{}",
        "\"resultType\":\"input_required\",\"requestState\":\"s\""
      })
  void aRoundThatAsksForMoreIsNoResultAndItsReportIsHeard(String asks) {
    assertThat(weigh("{" + asks + "}")).isEqualTo(Weight.NONE);
    Weight weight = weigh("{" + asks + ",\"_meta\":{\"usage\":{\"output_tokens\":7}}}");
    assertThat(weight.kind()).isEqualTo(Weight.Kind.ROUND);
    assertThat(weight.pieces()).isEmpty();
    assertThat(weight.reported().output()).hasValue(7);
  }

  @Test
  void whatIsNotTheResultWeighsNothing() {
    McpScales scales = new McpScales(McpScales.USUAL);
    Call call = call(Verb.INVOKE, "tools/call");
    for (String other :
        new String[] {
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{}}",
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1,\"message\":\"m\"}}",
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"inputRequests\":{}}}",
          "broken"
        }) {
      assertThat(scales.weigh(call, Payload.of(other))).as(other).isEqualTo(Weight.NONE);
    }
    assertThat(
            scales.weigh(
                call(Verb.CONTROL, "ping"),
                Payload.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")))
        .isEqualTo(Weight.NONE);
  }

  @Test
  void aListDefines() {
    Payload list = Payload.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[]}}");
    Weight weight = new McpScales(McpScales.USUAL).weigh(call(Verb.DISCOVER, "tools/list"), list);
    assertThat(weight.kind()).isEqualTo(Weight.Kind.DEFINITIONS);
    assertThat(weight.pieces()).containsExactly(Piece.json(list));
  }
}
