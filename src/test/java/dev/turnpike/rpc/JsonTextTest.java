package dev.turnpike.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
  @Test
  void decodesEachEscape() {
    assertThat(JsonText.decode(Payload.of("\"é\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00x\"")))
        .isEqualTo("é\"\\/\b\f\n\r\té\ud83d\ude00x");
  }

  @Test
  void escapesOnlyWhatMustBe() {
    assertThat(JsonText.quote("a/é\ud83d\ude00\u007f\"\\\n\r\t\u0001\ud800z\udc00"))
        .isEqualTo("\"a/é\ud83d\ude00\u007f\\\"\\\\\\n\\r\\t\\u0001\\ud800z\\udc00\"");
  }

  @Test
  void appendsToWhatIsThere() {
    StringBuilder out = new StringBuilder("x");
    JsonText.quoteInto(out, "y");
    assertThat(out).hasToString("x\"y\"");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void readsBackWhatItWrote(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int left = random.nextInt(12); left > 0; left--) {
        text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
      }
      Payload quoted = Payload.of(JsonText.quote(text.toString()));
      assertThat(JsonText.decode(quoted)).isEqualTo(text.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"", "a", "\"a", "a\"", "1"})
  void refusesToDecodeWhatIsNoString(String json) {
    assertThatThrownBy(() -> JsonText.decode(Payload.of(json)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
