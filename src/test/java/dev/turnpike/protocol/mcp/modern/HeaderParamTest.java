package dev.turnpike.protocol.mcp.modern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderParamTest {
  private static Optional<List<HeaderParam>> of(String schema) {
    return HeaderParam.of(Payload.of(schema));
  }

  @Test
  void findsMirroredArgumentsAlsoInNestedObjects() {
    assertThat(
            of(
                """
                {"type":"object","properties":{
                  "region":{"type":"string","x-mcp-header":"Region"},
                  "deep":{"type":"object","properties":{
                    "count":{"type":"integer","x-mcp-header":"Count"}}},
                  "plain":{"type":"string"}}}
                """))
        .contains(
            List.of(
                new HeaderParam("mcp-param-region", List.of("region"), HeaderParam.Type.STRING),
                new HeaderParam(
                    "mcp-param-count", List.of("deep", "count"), HeaderParam.Type.INTEGER)));
  }

  @Test
  void findsNothingWhereNothingIsMirrored() {
    assertThat(of("{\"type\":\"object\"}")).contains(List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"properties\":{\"a\":{\"type\":\"number\",\"x-mcp-header\":\"A\"}}}",
        "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"\"}}}",
        "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"a b\"}}}",
        "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":7}}}",
        "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"},"
            + "\"b\":{\"type\":\"string\",\"x-mcp-header\":\"a\"}}}",
        "{\"properties\":{\"a\":{\"type\":\"array\",\"items\":"
            + "{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}}",
        "{\"$defs\":{\"d\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}",
        "{\"anyOf\":[{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}]}"
      })
  void refusesAnAnnotationThatBreaksTheRules(String schema) {
    assertThat(of(schema)).isEmpty();
  }

  @Test
  void readsItsArgumentAndTakesNullForAbsent() {
    HeaderParam param = new HeaderParam("mcp-param-c", List.of("a", "c"), HeaderParam.Type.INTEGER);
    assertThat(param.in(JsonValue.read(Payload.of("{\"a\":{\"c\":42}}")))).contains(42L);
    assertThat(param.in(JsonValue.read(Payload.of("{\"a\":{\"c\":null}}")))).isEmpty();
    assertThat(param.in(JsonValue.read(Payload.of("{\"a\":7}")))).isEmpty();
    assertThat(param.in(JsonValue.NULL)).isEmpty();
  }
}
