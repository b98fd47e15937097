package dev.turnpike.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Count;
import dev.turnpike.exchange.Lane;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Usage;
import dev.turnpike.exchange.Verb;
import dev.turnpike.rpc.Payload;
import dev.turnpike.testkit.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final String PROSE =
      "\"It is a truth universally acknowledged, that a single man in possession of a good fortune\"";

  private final Estimator estimator = new Estimator();
  private final Counting counting = new Counting(String::length, 1, System::nanoTime);

  @AfterEach
  void end() {
    counting.close();
  }

  private static Call call(String arguments) {
    return new Call(
        "mcp",
        "2026-07-28",
        "e",
        Verb.INVOKE,
        "tools/call",
        Optional.of(new Target(Target.Kind.TOOL, "t")),
        Optional.of(Payload.of(arguments)),
        Lane.STABLE);
  }

  private static Weight result(String text, Reported reported) {
    return new Weight(Weight.Kind.RESULT, List.of(Piece.string(Payload.of(text))), 0, reported);
  }

  private Usage of(Counting counted, String arguments, boolean round, Weight weight)
      throws Exception {
    return of(Duration.ofSeconds(20), counted, arguments, round, weight);
  }

  private Usage of(
      Duration patience, Counting counted, String arguments, boolean round, Weight weight)
      throws Exception {
    CompletionStage<Usage> usage =
        new Tally(estimator, counted, patience).of("up", call(arguments), round, weight);
    return usage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void isCountedWhereThereIsTime() throws Exception {
    Usage usage = of(counting, "{\"a\":1}", false, result("\"four\"", Reported.NOTHING));
    assertThat(usage.input()).isEqualTo(Count.counted(7));
    assertThat(usage.output()).isEqualTo(Count.counted(4));
    assertThat(usage.total()).isEqualTo(11);
    assertThat(usage.on(Count.Basis.COUNTED)).isEqualTo(11);
  }

  @Test
  void isEstimatedWhereThereIsNone() throws Exception {
    try (Counting never = new Counting(String::length, 0, System::nanoTime)) {
      Usage usage = of(never, "{\"a\":1}", false, result(PROSE, Reported.NOTHING));
      assertThat(usage.input().basis()).isEqualTo(Count.Basis.ESTIMATED);
      assertThat(usage.output().tokens()).isBetween(17L, 24L);
    }
  }

  @Test
  void isAsReportedWhereItIsAndTheRestIsOurs() throws Exception {
    Reported output = new Reported(OptionalLong.empty(), OptionalLong.of(99), OptionalLong.of(5));
    Usage usage = of(counting, "{\"a\":1}", false, result("\"four\"", output));
    assertThat(usage.input()).isEqualTo(Count.counted(7));
    assertThat(usage.output()).isEqualTo(Count.reported(99));
    assertThat(usage.cached()).isEqualTo(5);
    Reported both = new Reported(OptionalLong.of(0), OptionalLong.of(1), OptionalLong.empty());
    assertThat(of(counting, "{\"a\":1}", false, result("\"four\"", both)).total()).isEqualTo(1);
  }

  @Test
  void ofAFurtherRoundLeavesTheArgumentsOut() throws Exception {
    assertThat(of(counting, "{\"a\":1}", true, result("\"four\"", Reported.NOTHING)).input())
        .isEqualTo(Count.counted(0));
  }

  @Test
  void learnsHowLargeResultsAreAndHowFarOffEstimatesAre() throws Exception {
    assertThat(estimator.before("up", call("{}")).output().tokens()).isEqualTo(500);
    for (int i = 0; i < 40; i++) {
      of(counting, "{}", false, result(PROSE, Reported.NOTHING));
    }
    long length = PROSE.length() - 2L;
    assertThat(estimator.before("up", call("{}")).output().tokens()).isBetween(length, length + 5);
    // a character is a token here: what was estimated at 4.4 bytes each is corrected, up to 4 times
    try (Counting never = new Counting(String::length, 0, System::nanoTime)) {
      assertThat(of(never, "{}", false, result(PROSE, Reported.NOTHING)).output().tokens())
          .isBetween(length / 2, length);
    }
    // and nothing is learned of others by it
    Estimator fresh = new Estimator();
    assertThat(fresh.before("up", call("{}")).output().tokens()).isEqualTo(500);
    assertThat(estimator.before("other", call("{}")).output().tokens()).isEqualTo(500);
  }

  @Test
  void aCounterThatIsSlowIsNotWaitedForAndStillTeaches() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    Tokenizer slow =
        text -> {
          try {
            gate.await();
          } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
          }
          return text.length();
        };
    try (Counting late = new Counting(slow, 1, System::nanoTime)) {
      Usage usage = of(Duration.ofMillis(20), late, "{}", false, result(PROSE, Reported.NOTHING));
      assertThat(usage.output().basis()).isEqualTo(Count.Basis.ESTIMATED);
      List<Piece> text = List.of(Piece.string(Payload.of(PROSE)));
      Optional<Target> target = call("{}").target();
      long before = estimator.tokens("up", target, text);
      gate.countDown();
      Eventually.holds("it is learned", () -> estimator.tokens("up", target, text) > before);
    }
  }

  @Test
  void aCounterThatFailsLeavesTheEstimate() throws Exception {
    Tokenizer broken =
        _ -> {
          throw new IllegalStateException("no table");
        };
    try (Counting failing = new Counting(broken, 1, System::nanoTime)) {
      assertThat(of(failing, "{}", false, result(PROSE, Reported.NOTHING)).output().basis())
          .isEqualTo(Count.Basis.ESTIMATED);
    }
  }

  @Test
  void nothingIsNothingAndAListIsDefinitions() throws Exception {
    assertThat(of(counting, "{}", false, Weight.NONE)).isEqualTo(Usage.NONE);
    Payload list = Payload.of("[" + "{\"name\":\"a\"},".repeat(99) + "{}]");
    Usage listed =
        of(
            counting,
            "{}",
            false,
            new Weight(Weight.Kind.DEFINITIONS, List.of(Piece.json(list)), 0, Reported.NOTHING));
    assertThat(listed.total()).isZero();
    assertThat(listed.definitions().tokens()).isBetween(350L, 500L);
  }

  @Test
  void theModelIsPassedOnAndRememberedForTheNextCallOfTheTarget() throws Exception {
    assertThat(estimator.before("up", call("{}")).model()).isEmpty();
    Reported first =
        new Reported(
            OptionalLong.of(1), OptionalLong.of(1), OptionalLong.empty(), Optional.of("gpt-5"));
    assertThat(of(counting, "{}", false, result(PROSE, first)).model()).contains("gpt-5");
    Reported counted =
        new Reported(
            OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.of("gpt-6"));
    assertThat(of(counting, "{}", false, result(PROSE, counted)).model()).contains("gpt-6");
    // who says nothing has not said that it is another
    assertThat(of(counting, "{}", false, result(PROSE, Reported.NOTHING)).model()).isEmpty();
    assertThat(estimator.before("up", call("{}")).model()).contains("gpt-6");
    assertThat(estimator.before("other", call("{}")).model()).isEmpty();
  }
}
