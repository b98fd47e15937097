package dev.turnpike.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketTest extends BucketContract {
  @Override
  Counter bucket(Duration window, long nanos) {
    return new Bucket(window, nanos);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void agreesWithTheNaiveOne(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 30; round++) {
      long window = random.nextLong(1, round % 2 == 0 ? 50 : 3_000_000_000_000_000L);
      long limit = random.nextLong(1, round % 3 == 0 ? 5 : 10_000_000);
      long nanos = random.nextLong(-1000, 1000);
      Bucket bucket = new Bucket(Duration.ofNanos(window), nanos);
      NaiveBucket naive = new NaiveBucket(Duration.ofNanos(window), nanos);
      for (int step = 0; step < 60; step++) {
        nanos += random.nextLong(0, random.nextInt(8) == 0 ? 3 * window + 1 : window / 4 + 2);
        if (random.nextInt(20) == 0) {
          limit = Math.max(1, limit + random.nextLong(-2, 3));
        }
        Moment now = new Moment(nanos, Instant.EPOCH);
        long amount = random.nextLong(0, random.nextInt(4) == 0 ? 2 * limit : limit / 4 + 2);
        switch (random.nextInt(6)) {
          case 0 ->
              assertThat(bucket.look(now, limit, amount)).isEqualTo(naive.look(now, limit, amount));
          case 1 -> assertThat(bucket.idle(now, limit)).isEqualTo(naive.idle(now, limit));
          case 2 -> {
            Level taken = bucket.take(now, limit, amount);
            assertThat(taken).isEqualTo(naive.take(now, limit, amount));
            if (taken.taken()) {
              // a refund, or a debt
              long more = random.nextLong(-amount, limit + 1);
              bucket.settle(taken, more);
              naive.settle(taken, more);
            }
          }
          default ->
              assertThat(bucket.take(now, limit, amount)).isEqualTo(naive.take(now, limit, amount));
        }
      }
    }
  }

  @Test
  void doesNotRefillForAClockReadInAnotherOrder() {
    Bucket bucket = new Bucket(Duration.ofSeconds(1), 1000);
    assertThat(bucket.take(new Moment(1000, Instant.EPOCH), 1, 1).taken()).isTrue();
    assertThat(bucket.take(new Moment(900, Instant.EPOCH), 1, 1).taken()).isFalse();
    assertThat(bucket.look(new Moment(1000, Instant.EPOCH), 1, 1).reset())
        .isEqualTo(Duration.ofSeconds(1));
  }
}
