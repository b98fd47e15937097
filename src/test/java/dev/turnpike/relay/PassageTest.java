package dev.turnpike.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.ExchangeListener.Watch;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Resumption;
import dev.turnpike.rpc.Payload;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.RecordedReply;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Seen;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.OneUpstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PassageTest {
  private static final Duration AMPLE = Duration.ofSeconds(10);
  private static final Refusal BUSY = new Refusal.TooBusy("later", Duration.ofSeconds(1));

  private final FakeUpstream up = FakeUpstream.modern();
  private final OneUpstream one = OneUpstream.at(up.url(), AMPLE, AMPLE);
  private final RecordedReply reply = new RecordedReply();
  private final Words words = new Words();
  private final Passage passage =
      one.on(() -> new Passage(one.upstream(), Caller.ANONYMOUS, words, reply, new Watch() {}));

  /** The simplest protocol: an answer is whole with the message {@code "whole"}. */
  private final class Words implements Answering {
    final List<String> heard = new CopyOnWriteArrayList<>();
    final List<Runnable> draining = new ArrayList<>();
    volatile boolean full;
    volatile boolean outlives;
    volatile boolean properEnd;
    volatile boolean streams = true;
    volatile Optional<Resumption> again = Optional.empty();

    @Override
    public void head(Answered head) throws Refused {
      heard.add("head " + head.status());
      if (head.status() == 429) {
        throw new Refused(BUSY);
      }
      if (head.status() == 500) {
        throw new IllegalStateException("a bug in the head");
      }
      if (streams) {
        reply.stream();
      }
    }

    @Override
    public boolean message(Payload json, String eventId) {
      heard.add(json.text());
      if (json.text().equals("\"bug\"")) {
        throw new IllegalStateException("a bug in a message");
      }
      return json.text().equals("\"whole\"");
    }

    @Override
    public void primed(String eventId, OptionalLong retryMillis) {
      heard.add("primed " + eventId);
    }

    @Override
    public Optional<Resumption> resumption() {
      Optional<Resumption> once = again;
      again = Optional.empty();
      return once;
    }

    @Override
    public boolean ended() {
      heard.add("ended");
      return properEnd;
    }

    @Override
    public void cut(Refusal reason) {
      heard.add("cut " + reason.getClass().getSimpleName());
    }

    @Override
    public void retire() {
      heard.add("retired");
    }

    @Override
    public boolean full() {
      return full;
    }

    @Override
    public void onDrain(Runnable action) {
      draining.add(action);
    }

    @Override
    public boolean outlivesCaller() {
      return outlives;
    }
  }

  @AfterEach
  void nothingIsLeftOpen() {
    Eventually.holds("no answer is open", () -> one.upstream().open() == 0);
    one.close();
    up.close();
  }

  private void begin() {
    passage.begin(OneUpstream.call(false));
  }

  private Outcome over() {
    return passage.over().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private Throwable failure() {
    try {
      throw new AssertionError("over with " + over());
    } catch (CompletionException failed) {
      return Objects.requireNonNull(failed.getCause());
    }
  }

  private void mustBeCut(Outcome.By by) {
    assertThat(over())
        .isInstanceOfSatisfying(Outcome.Cut.class, cut -> assertThat(cut.by()).isEqualTo(by));
  }

  private void hears(String last) {
    Eventually.holds(last, () -> words.heard.contains(last));
  }

  @Test
  void isServedWhenTheAnswerIsWhole() {
    up.on("tools/call", Scripts.events("\"part\"", "\"whole\"", "\"more\""));
    begin();
    assertThat(over()).isInstanceOf(Outcome.Served.class);
    assertThat(words.heard).containsExactly("head 200", "\"part\"", "\"whole\"");
  }

  @Test
  void isServedWhereTheProtocolTakesTheEndForOne() {
    words.properEnd = true;
    up.on("tools/call", Scripts.events("\"part\""));
    begin();
    assertThat(over()).isInstanceOf(Outcome.Served.class);
  }

  @Test
  void isCutByAnUpstreamThatEndsTooEarly() {
    up.on("tools/call", Scripts.events("\"part\""));
    begin();
    mustBeCut(Outcome.By.UPSTREAM);
  }

  @Test
  void isCutInTheWordsOfTheProtocolWhereTheUpstreamBreaksOff() {
    up.on("tools/call", Scripts.unendedStream("\"part\""));
    begin();
    mustBeCut(Outcome.By.UPSTREAM);
    assertThat(words.heard).endsWith("cut UpstreamUnavailable");
  }

  @Test
  void isRefusedAsLongAsNothingWasSaid() {
    words.streams = false;
    up.on("tools/call", Scripts.unendedStream("\"part\""));
    begin();
    assertThat(failure())
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.reason()).isInstanceOf(Refusal.UpstreamUnavailable.class));
    assertThat(words.heard).noneMatch(said -> said.startsWith("cut"));
  }

  @Test
  void isRefusedByTheHead() {
    up.on("tools/call", Scripts.status(429));
    begin();
    assertThat(failure())
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(BUSY));
  }

  @Test
  void endsOnTheBugWhereThereIsOneAndLeavesTheUpstream() {
    up.on("tools/call", Scripts.hangInStream("\"bug\""));
    begin();
    assertThat(failure()).isInstanceOf(IllegalStateException.class).hasMessageContaining("message");
    Seen seen = up.only("tools/call");
    Eventually.holds("the upstream's stream is closed", seen::hungUp);
    assertThat(words.heard).endsWith("cut UpstreamUnavailable");
  }

  @Test
  void endsOnABugInTheHead() {
    up.on("tools/call", Scripts.status(500));
    begin();
    assertThat(failure()).isInstanceOf(IllegalStateException.class).hasMessageContaining("head");
  }

  @Test
  void holdsTheUpstreamUpUntilTheCallerHasRead() {
    CountDownLatch gate = new CountDownLatch(1);
    words.full = true;
    up.on(
        "tools/call",
        (_, line) -> {
          line.events();
          line.event("\"one\"");
          line.await(gate);
          line.event("\"whole\"");
          line.end();
        });
    begin();
    Eventually.holds("it is held up", () -> one.on(() -> words.draining.size() == 1));
    gate.countDown();
    up.on("tools/call", Scripts.json("{}"));
    one.on(() -> one.upstream().send(OneUpstream.call(false)).answered())
        .toCompletableFuture()
        .orTimeout(10, TimeUnit.SECONDS)
        .join()
        .cancel();
    assertThat(words.heard).containsExactly("head 200", "\"one\"");
    words.full = false;
    one.run(() -> words.draining.forEach(Runnable::run));
    assertThat(over()).isInstanceOf(Outcome.Served.class);
  }

  @Test
  void closesTheUpstreamsStreamWhereTheCallerLeaves() {
    up.on("tools/call", Scripts.hangInStream("\"part\""));
    begin();
    hears("\"part\"");
    one.run(reply::hangUp);
    mustBeCut(Outcome.By.CALLER);
    Seen seen = up.only("tools/call");
    Eventually.holds("the upstream's stream is closed", seen::hungUp);
  }

  @Test
  void closesTheUpstreamsStreamWhereTheCallerLeavesBeforeTheHead() {
    up.on("tools/call", Scripts.hang());
    begin();
    Seen seen = up.only("tools/call");
    one.run(reply::hangUp);
    mustBeCut(Outcome.By.CALLER);
    Eventually.holds("the upstream's stream is closed", seen::hungUp);
    assertThat(words.heard).isEmpty();
  }

  @Test
  void sendsNothingForACallerThatLeftBefore() {
    one.run(reply::hangUp);
    begin();
    mustBeCut(Outcome.By.CALLER);
    one.run(() -> {});
    assertThat(up.connections()).isZero();
  }

  @Test
  void goesOnWithoutItsCallerWhereTheProtocolWantsThat() {
    CountDownLatch gate = new CountDownLatch(1);
    words.outlives = true;
    up.on("tools/call", Scripts.gated(gate, "\"whole\""));
    begin();
    one.run(reply::hangUp);
    gate.countDown();
    assertThat(over()).isInstanceOf(Outcome.Served.class);
  }

  @Test
  void isEndedInGoodOrderWhenItIsRetired() {
    up.on("tools/call", Scripts.hangInStream("\"part\""));
    begin();
    hears("\"part\"");
    passage.retire(Duration.ZERO);
    assertThat(over()).isInstanceOf(Outcome.Served.class);
    assertThat(words.heard).endsWith("retired");
  }

  @Test
  void isRefusedWhenItIsRetiredBeforeItBegan() {
    up.on("tools/call", Scripts.hang());
    begin();
    Seen seen = up.only("tools/call");
    passage.retire(Duration.ZERO);
    assertThat(failure())
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.reason()).isInstanceOf(Refusal.TooBusy.class));
    Eventually.holds("the upstream's stream is closed", seen::hungUp);
  }

  @Test
  void isNotRetiredWhenItIsOver() {
    up.on("tools/call", Scripts.events("\"whole\""));
    begin();
    assertThat(over()).isInstanceOf(Outcome.Served.class);
    passage.retire(Duration.ZERO);
    CompletableFuture<Boolean> later = new CompletableFuture<>();
    one.run(() -> one.upstream().later(Duration.ofMillis(20), () -> later.complete(true)));
    later.orTimeout(10, TimeUnit.SECONDS).join();
    assertThat(words.heard).doesNotContain("retired");
  }

  @Test
  void comesBackToAnUpstreamThatClosedTheConnectionAndNotTheAnswer() {
    words.again = Optional.of(new Resumption(OneUpstream.call(true), Duration.ZERO));
    up.on("tools/call", Scripts.inTurn(Scripts.events("\"part\""), Scripts.events("\"whole\"")));
    begin();
    assertThat(over()).isInstanceOf(Outcome.Served.class);
    assertThat(words.heard).containsExactly("head 200", "\"part\"", "\"whole\"");
  }

  @Test
  void isCutWhereTheUpstreamDoesNotKnowItsOwnStreamAnyMore() {
    words.again = Optional.of(new Resumption(OneUpstream.call(true), Duration.ZERO));
    up.on("tools/call", Scripts.inTurn(Scripts.events("\"part\""), Scripts.status(404)));
    begin();
    mustBeCut(Outcome.By.UPSTREAM);
    assertThat(words.heard).endsWith("cut UpstreamUnavailable");
  }

  @Test
  void doesNotComeBackForACallerThatHasLeft() {
    words.again = Optional.of(new Resumption(OneUpstream.call(true), Duration.ofMillis(50)));
    up.on("tools/call", Scripts.events("\"part\""));
    begin();
    Eventually.holds("the first stream has ended", () -> words.again.isEmpty());
    one.run(reply::hangUp);
    mustBeCut(Outcome.By.CALLER);
    CompletableFuture<Boolean> later = new CompletableFuture<>();
    one.run(() -> one.upstream().later(Duration.ofMillis(100), () -> later.complete(true)));
    later.orTimeout(10, TimeUnit.SECONDS).join();
    assertThat(up.seen("tools/call")).hasSize(1);
  }
}
