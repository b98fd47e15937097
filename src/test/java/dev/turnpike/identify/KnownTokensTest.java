package dev.turnpike.identify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** For how long a token is taken for verified. */
class KnownTokensTest {
  private final AtomicInteger asked = new AtomicInteger();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private Instant expires = now.plusSeconds(3_600);
  private final KnownTokens tokens = new KnownTokens(this::verified, () -> now, 2);

  private CompletionStage<Tokens.Vouched> verified(String token) {
    asked.incrementAndGet();
    return token.equals("bad")
        ? CompletableFuture.failedFuture(new Tokens.NotVouched("bad"))
        : CompletableFuture.completedFuture(new Tokens.Vouched(Map.of("sub", token), expires));
  }

  private void ask(String token) {
    Tokens.Vouched vouched = tokens.verify(token).toCompletableFuture().join();
    assertThat(vouched.claims()).containsEntry("sub", token);
  }

  @Test
  void itIsVerifiedOnceInAWhile() {
    ask("a");
    ask("a");
    assertThat(asked).hasValue(1);
    now = now.plus(Duration.ofSeconds(31));
    ask("a");
    assertThat(asked).hasValue(2);
  }

  @Test
  void itIsNeverTakenForVerifiedWhenItHasExpired() {
    expires = now.plusSeconds(5);
    ask("a");
    now = now.plusSeconds(5);
    ask("a");
    assertThat(asked).hasValue(2);
  }

  @Test
  void whatIsNotVouchedForIsNotRemembered() {
    for (int i = 0; i < 2; i++) {
      assertThat(tokens.verify("bad").toCompletableFuture()).isCompletedExceptionally();
    }
    assertThat(asked).hasValue(2);
  }

  @Test
  void onlySoManyAreRemembered() {
    ask("a");
    ask("b");
    ask("a");
    ask("c");
    ask("a");
    assertThat(asked).hasValue(3);
    ask("b");
    assertThat(asked).hasValue(4);
  }
}
