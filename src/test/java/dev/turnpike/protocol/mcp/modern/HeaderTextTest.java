package dev.turnpike.protocol.mcp.modern;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo",
        "",
        "a b",
        "grüße",
        " leading",
        "trailing ",
        "=?base64?QQ==?=",
        "\u0001",
        "🛣"
      })
  void readsWhatItHasWritten(String text) {
    String field = HeaderText.encode(text);
    assertThat(field).matches("[ -~]*");
    assertThat(HeaderText.decode(field)).contains(text);
  }

  @ParameterizedTest
  @CsvSource({"echo, echo", "=?base64?Z3LDvMOfZQ==?=, grüße", "=?base64??=, ''"})
  void decodes(String field, String text) {
    assertThat(HeaderText.decode(field)).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grüße",
        "=?base64?***?=",
        "=?base64?QQ?=",
        "=?base64?QR==?=",
        "=?base64?/w==?=",
        "=?base64?Q Q==?="
      })
  void refusesWhatIsNotWellEncoded(String field) {
    assertThat(HeaderText.decode(field)).isEmpty();
  }
}
