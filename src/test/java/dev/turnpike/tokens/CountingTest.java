package dev.turnpike.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.rpc.Payload;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CountingTest {
  private static final List<Piece> ONE = List.of(Piece.json(Payload.of("{}")));

  private final AtomicLong nanos = new AtomicLong();

  @Test
  void countsOnlyForItsShareOfTheTime() throws Exception {
    // each count takes 100 ms
    Tokenizer slow = text -> nanos.addAndGet(100_000_000) * 0 + text.length();
    try (Counting counting = new Counting(slow, 0.1, nanos::get)) {
      int counted = 0;
      for (int i = 0; i < 100; i++) {
        var count = counting.of(ONE);
        if (count.isPresent()) {
          assertThat(count.get().get(20, TimeUnit.SECONDS)).containsExactly(2L);
          counted++;
        }
        nanos.addAndGet(100_000_000);
      }
      // 10 s of waiting and what was counted besides, of which a tenth, and what it began with
      assertThat(counted).isBetween(10, 15);
    }
  }

  @Test
  void takesNothingThatIsTooLarge() {
    try (Counting counting = new Counting(String::length, 1, nanos::get)) {
      assertThat(counting.of(List.of(Piece.json(Payload.of("x".repeat(64 * 1024)))))).isPresent();
      assertThat(counting.of(List.of(Piece.json(Payload.of("x".repeat(64 * 1024 + 1)))))).isEmpty();
    }
  }

  @Test
  void neverHasMoreThanSoManyWaiting() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    Tokenizer stuck =
        text -> {
          try {
            gate.await();
          } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
          }
          return text.length();
        };
    try (Counting counting = new Counting(stuck, 1, nanos::get)) {
      int taken = 0;
      for (int i = 0; i < 200; i++) {
        taken += counting.of(ONE).isPresent() ? 1 : 0;
      }
      assertThat(taken).isEqualTo(65);
      gate.countDown();
    }
  }

  @Test
  void isClosedWithoutAFailure() {
    Counting counting = new Counting(String::length, 1, nanos::get);
    counting.close();
    assertThat(counting.of(ONE)).isEmpty();
  }
}
