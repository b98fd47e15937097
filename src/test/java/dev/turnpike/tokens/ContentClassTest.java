package dev.turnpike.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.rpc.Payload;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ContentClassTest {
  private static ContentClass of(String text) {
    return ContentClass.of(Payload.of(text));
  }

  @Test
  void isSeenByTheLook() {
    assertThat(of("The quick brown fox jumps over the lazy dog, and then some."))
        .isEqualTo(ContentClass.PROSE);
    assertThat(of("Der Zug fährt um 12:30 Uhr (Gleis 4) ab; Änderungen vorbehalten."))
        .isEqualTo(ContentClass.PROSE);
    assertThat(of("東京は日本の首都であり、世界最大の都市の一つである。")).isEqualTo(ContentClass.PROSE);
    assertThat(of("{\"id\":1,\"name\":\"a\",\"tags\":[\"x\",\"y\"],\"ok\":true}"))
        .isEqualTo(ContentClass.JSON);
    // as it stands in a message, quoted
    assertThat(of("{\\\"id\\\":1,\\\"name\\\":\\\"a\\\",\\\"n\\\":null}"))
        .isEqualTo(ContentClass.JSON);
    assertThat(of("for (int i = 0; i < n; i++) {\n  sum += list.get(i);\n}\nreturn sum;\n"))
        .isEqualTo(ContentClass.CODE);
    assertThat(of(Base64.getEncoder().encodeToString(new byte[300])))
        .isEqualTo(ContentClass.BASE64);
    assertThat(of("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ")).isEqualTo(ContentClass.BASE64);
    assertThat(of("")).isEqualTo(ContentClass.PROSE);
    assertThat(of("ok")).isEqualTo(ContentClass.PROSE);
  }
}
