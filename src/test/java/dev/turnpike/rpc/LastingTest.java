package dev.turnpike.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LastingTest {
  private final Lasting lasting = new Lasting(Payload.of("xmiddlex").slice(1, 7));

  @Test
  void givesEachReaderAViewOfItsOwn() {
    ByteBuffer first = lasting.outside();
    first.get();
    ByteBuffer second = lasting.outside();
    assertThat(second.isDirect()).isTrue();
    assertThat(StandardCharsets.UTF_8.decode(second).toString()).isEqualTo("middle");
    assertThat(first.remaining()).isEqualTo(5);
  }

  @Test
  void standsBetweenTheRestInOnePiece() {
    assertThat(lasting.between(Payload.of("<"), Payload.of(">"))).isEqualTo(Payload.of("<middle>"));
  }
}
