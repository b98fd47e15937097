package dev.turnpike.tokens;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.rpc.Payload;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void isWhatALookAtEachByteSays(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String few = "\"\"(;=_ \n\\abcXYZ019+/-é\u0000~";
    for (int i = 0; i < 20_000; i++) {
      // now and then of one kind for long: every class is met
      int kinds = random.nextInt(1, few.length() + 1);
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(1_200); length > 0; length--) {
        text.append(few.charAt(few.length() - 1 - random.nextInt(kinds)));
      }
      Payload bytes = Payload.of("ab" + text + "c");
      Payload inside = bytes.slice(2, bytes.size() - 1);
      assertThat(ContentClass.of(inside)).as(() -> text.toString()).isEqualTo(naive(inside));
    }
  }

  private static ContentClass naive(Payload text) {
    int from = Math.max(0, (text.size() - 512) / 2);
    Payload part = text.slice(from, Math.min(text.size(), from + 512));
    String sample = new String(part.copy(), ISO_8859_1);
    int longest =
        Stream.of(sample.split("[^A-Za-z0-9+/=_-]")).mapToInt(String::length).max().orElse(0);
    if (longest >= 72 || (part.size() >= 24 && longest == part.size())) {
      return ContentClass.BASE64;
    }
    if (sample.replaceAll("[^\"]", "").length() * 16 > part.size()) {
      return ContentClass.JSON;
    }
    boolean code = sample.replaceAll("[^(){};=<>_\\[\\]*#|&]", "").length() * 18 > part.size();
    return code && sample.matches("(?s).*[ \n\t\\\\].*") ? ContentClass.CODE : ContentClass.PROSE;
  }
}
