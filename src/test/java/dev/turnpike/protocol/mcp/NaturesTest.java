package dev.turnpike.protocol.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Refused;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.Script;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.upstream.OneUpstream;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NaturesTest {
  private static final String LOG =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":"
          + "{\"level\":\"info\",\"data\":\"hi\"}}";

  private final AtomicLong now = new AtomicLong();
  private final Natures natures = new Natures(Called.RELEASED, now::get);
  private final FakeUpstream up = FakeUpstream.modern();
  private final OneUpstream one = OneUpstream.unknown(up.url());

  @AfterEach
  void close() {
    one.close();
    up.close();
  }

  private CompletableFuture<Nature> asked() {
    return one.on(() -> natures.of(one.upstream()));
  }

  private Nature nature() {
    return asked().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private void mustBe(Nature expected, Script script) {
    natures.doubt(one.upstream());
    up.on("server/discover", script);
    assertThat(nature()).isEqualTo(expected);
  }

  @Test
  void areAskedForOnceHoweverManyWait() {
    CountDownLatch gate = new CountDownLatch(1);
    up.on("server/discover", Scripts.gated(gate, FakeUpstream.DISCOVERED));
    CompletableFuture<Nature> first = asked();
    CompletableFuture<Nature> second = asked();
    gate.countDown();
    assertThat(first.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(Nature.MODERN_AT_LEAST);
    assertThat(second.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(Nature.MODERN_AT_LEAST);
    assertThat(asked()).as("at once").isCompletedWithValue(Nature.MODERN_AT_LEAST);
    assertThat(up.inquiries()).hasSize(1);
  }

  @Test
  void areLegacyForWhateverIsNoAnswerOfTheModernEra() {
    mustBe(Nature.LEGACY, (_, line) -> line.whole(404, "text/plain", "Not Found", ""));
    mustBe(Nature.LEGACY, (_, line) -> line.whole(200, "text/html", "<p>hello</p>", ""));
    mustBe(Nature.LEGACY, Scripts.status(405));
    mustBe(Nature.LEGACY, Scripts.status(400));
    mustBe(Nature.LEGACY, Scripts.json("{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":{}}"));
    mustBe(
        Nature.LEGACY,
        Scripts.json(
            "{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":-32601,\"message\":\"m\"}}"));
  }

  @Test
  void areModernForAnErrorThatOnlyThatEraHas() {
    for (int code : new int[] {-32020, -32021, -32022}) {
      mustBe(
          Nature.MODERN_AT_LEAST,
          Scripts.status(
              400,
              "",
              "{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":%d,\"message\":\"m\"}}"
                  .formatted(code)));
    }
  }

  @Test
  void areNotMisledByWhatComesBeforeTheAnswer() {
    mustBe(Nature.MODERN_AT_LEAST, Scripts.events(LOG, LOG, FakeUpstream.DISCOVERED));
  }

  @Test
  void areNotKnownAfterADoubtfulAnswerAndAreAskedForAgain() {
    for (int status : new int[] {401, 403, 429, 500, 503}) {
      up.on("server/discover", Scripts.status(status));
      assertThat(refused()).as("status " + status).isInstanceOf(Refused.class);
    }
    up.on("server/discover", Scripts.reset());
    assertThat(refused()).isInstanceOf(Refused.class);
    mustBe(Nature.MODERN_AT_LEAST, Scripts.json(FakeUpstream.DISCOVERED));
  }

  private Throwable refused() {
    try {
      throw new AssertionError("it is " + nature());
    } catch (CompletionException failed) {
      return Objects.requireNonNull(failed.getCause());
    }
  }

  @Test
  void areLookedAtAgainAfterMinutesWhereTheyWereLegacy() {
    mustBe(Nature.LEGACY, Scripts.status(404));
    up.forget();
    now.addAndGet(Duration.ofMinutes(5).toNanos());
    assertThat(nature()).as("not yet").isEqualTo(Nature.LEGACY);
    assertThat(up.inquiries()).isEmpty();
    now.addAndGet(1);
    assertThat(nature()).isEqualTo(Nature.MODERN_AT_LEAST);
    now.addAndGet(Duration.ofDays(1).toNanos());
    assertThat(nature()).isEqualTo(Nature.MODERN_AT_LEAST);
    assertThat(up.inquiries()).as("what is modern stays so").hasSize(1);
  }

  @Test
  void areNotAskedForTwiceAtOnceWhenTheyAreOld() {
    mustBe(Nature.LEGACY, Scripts.status(404));
    now.addAndGet(Duration.ofMinutes(6).toNanos());
    up.forget();
    CompletableFuture<Nature> first = asked();
    CompletableFuture<Nature> second = asked();
    Eventually.holds("both", () -> first.isDone() && second.isDone());
    assertThat(up.inquiries()).hasSize(1);
  }

  @Test
  void areNotWaitedForWhereAStreamGoesOnAndDoesNotAnswer() {
    up.on(
        "server/discover",
        (_, line) -> {
          line.events();
          while (true) {
            line.event(LOG);
          }
        });
    try (OneUpstream hasty = OneUpstream.unknown(up.url(), Duration.ofMillis(300))) {
      CompletableFuture<Nature> asked = hasty.on(() -> natures.of(hasty.upstream()));
      Eventually.holds("it is given up", asked::isCompletedExceptionally);
      Eventually.holds("its stream is closed", () -> up.inquiries().getFirst().hungUp());
    }
  }
}
