package dev.turnpike.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPointerTest {
  @Test
  void leadsThroughNamesThatAreDecoded() {
    assertThat(JsonPointer.parse("/_meta/a~1b/~01/").names())
        .containsExactly("_meta", "a/b", "~1", "");
    assertThat(JsonPointer.parse("/").names()).containsExactly("");
  }

  @ParameterizedTest
  @CsvSource({
    "usage/input, does not begin with /",
    "'', does not begin with /",
    "$.usage, does not begin with /",
    "/a~, not followed by 0 or 1",
    "/a~2b, not followed by 0 or 1",
    "/content/0/text, leads into an array (0)",
    "/content/-, leads into an array (-)",
    "/\ud800, half a surrogate pair"
  })
  void saysWhatIsWrong(String text, String why) {
    assertThatThrownBy(() -> JsonPointer.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void leadsSomewhere() {
    List<String> nowhere = List.of();
    assertThatThrownBy(() -> new JsonPointer(nowhere)).isInstanceOf(IllegalArgumentException.class);
  }
}
