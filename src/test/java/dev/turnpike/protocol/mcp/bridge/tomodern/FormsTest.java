package dev.turnpike.protocol.mcp.bridge.tomodern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormsTest {
  private static final String NEWEST = "2025-11-25";
  private static final String OLDER = "2025-06-18";

  private static String form(String field) {
    return "{\"mode\":\"form\",\"message\":\"m\",\"requestedSchema\":{\"type\":\"object\","
        + "\"properties\":{\"f\":"
        + field
        + "},\"required\":[\"f\"]}}";
  }

  private static String legacy(String params, String revision) {
    return Forms.legacy(Payload.of(params), revision, () -> "e-1");
  }

  private static boolean fits(String field, String revision) {
    return JsonValue.read(Payload.of(form(field))) instanceof Map<?, ?> params
        && Forms.fits(params, revision);
  }

  @Test
  void areLeftAsTheyAreInTheNewestRevision() {
    String form = form("{\"type\":\"number\",\"default\":1.0}");
    assertThat(legacy(form, NEWEST)).isEqualTo(form);
  }

  @Test
  void loseTheirModeAndDefaultsThatAreNoBooleans() {
    assertThat(legacy(form("{\"type\":\"number\",\"default\":1.0}"), OLDER))
        .isEqualTo(
            "{\"message\":\"m\",\"requestedSchema\":{\"type\":\"object\",\"properties\":{\"f\":"
                + "{\"type\":\"number\"}},\"required\":[\"f\"]}}");
    assertThat(legacy(form("{\"type\":\"boolean\",\"default\":true}"), OLDER))
        .contains("\"default\":true");
  }

  @Test
  void haveTheTitlesOfAChoiceBesideItsValues() {
    assertThat(
            legacy(
                form(
                    "{\"type\":\"string\",\"oneOf\":[{\"const\":\"a\",\"title\":\"A\"},{\"const\":\"b\"}]}"),
                OLDER))
        .contains("{\"type\":\"string\",\"enum\":[\"a\",\"b\"],\"enumNames\":[\"A\",\"b\"]}");
  }

  @Test
  void cannotAskForSeveralValuesInTheOlderRevision() {
    String several = "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"enum\":[\"a\"]}}";
    assertThat(fits(several, NEWEST)).isTrue();
    assertThat(fits(several, OLDER)).isFalse();
    assertThat(fits("{\"type\":\"string\"}", OLDER)).isTrue();
  }

  @Test
  void haveAnIdWhereAPageIsToBeOpened() {
    assertThat(legacy("{\"mode\":\"url\",\"url\":\"https://example.com/\"}", NEWEST))
        .isEqualTo("{\"mode\":\"url\",\"url\":\"https://example.com/\",\"elicitationId\":\"e-1\"}");
    String named = "{\"mode\":\"url\",\"elicitationId\":\"own\"}";
    assertThat(legacy(named, NEWEST)).isEqualTo(named);
  }
}
