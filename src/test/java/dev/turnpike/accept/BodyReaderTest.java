package dev.turnpike.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.rpc.Payload;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {
  private static final int LIMIT = 1_000;

  private final BodyReader reader = new BodyReader(LIMIT);

  @Test
  void hasNothingWhereNothingCame() {
    assertThat(reader.whole()).isEqualTo(Payload.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void putsTogetherWhatComesInAnyPieces(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] body = new byte[random.nextInt(1, LIMIT + 1)];
    random.nextBytes(body);
    for (int from = 0, to; from < body.length; from = to) {
      to = random.nextInt(from, body.length + 1);
      assertThat(reader.take(Buffer.buffer(Arrays.copyOfRange(body, from, to)))).isTrue();
    }
    assertThat(reader.whole().copy()).isEqualTo(body);
  }

  @Test
  void takesTheLimitAndNotAByteMore() {
    assertThat(reader.take(Buffer.buffer(new byte[LIMIT - 1]))).isTrue();
    assertThat(reader.take(Buffer.buffer(new byte[1]))).isTrue();
    assertThat(reader.take(Buffer.buffer(new byte[1]))).isFalse();
    assertThat(new BodyReader(LIMIT).take(Buffer.buffer(new byte[LIMIT + 1]))).isFalse();
  }

  @Test
  void keepsNothingOfWhatIsTooLarge() {
    reader.take(Buffer.buffer(new byte[LIMIT]));
    reader.take(Buffer.buffer(new byte[1]));
    assertThat(reader.whole()).isEqualTo(Payload.EMPTY);
  }
}
