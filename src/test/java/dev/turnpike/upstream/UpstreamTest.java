package dev.turnpike.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turnpike.rpc.Payload;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.FakeUpstream;
import dev.turnpike.testkit.LoudLog;
import dev.turnpike.testkit.Script;
import dev.turnpike.testkit.Scripts;
import dev.turnpike.testkit.Seen;
import dev.turnpike.upstream.UpstreamFailed.Kind;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpstreamTest {
  private static final Duration AMPLE = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofMillis(600);

  private final FakeUpstream up = FakeUpstream.modern();
  private final OneUpstream one = OneUpstream.at(up.url(), AMPLE, IDLE);

  /** What was heard of an answer, and the threads on which it was. */
  private static final class Heard implements Receiver {
    final List<String> messages = new CopyOnWriteArrayList<>();
    final List<String> threads = new CopyOnWriteArrayList<>();
    final CompletableFuture<String> over = new CompletableFuture<>();

    @Override
    public void message(Payload json, String eventId) {
      threads.add(Thread.currentThread().getName());
      messages.add(eventId + "|" + json.text());
    }

    @Override
    public void primed(String eventId, OptionalLong retryMillis) {
      messages.add(eventId + "|primed " + retryMillis.orElse(0));
    }

    @Override
    public void ended() {
      over(true, "ended");
    }

    @Override
    public void failed(UpstreamFailed failure) {
      over(true, failure.kind().name());
    }

    private void over(boolean first, String how) {
      threads.add(Thread.currentThread().getName());
      if (!over.complete(how) && first) {
        messages.add("ended more than once: " + how);
      }
    }

    String end() {
      return over.orTimeout(10, TimeUnit.SECONDS).join();
    }
  }

  @AfterEach
  void nothingIsLeftOpen() {
    Eventually.holds("no answer is open", () -> one.upstream().open() == 0);
    one.close();
    up.close();
  }

  private Answered answered(boolean repeatable) {
    return one.on(() -> one.upstream().send(OneUpstream.call(repeatable)).answered())
        .toCompletableFuture()
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
  }

  private Kind failure(boolean repeatable) {
    try {
      throw new AssertionError("answered " + answered(repeatable).status());
    } catch (CompletionException failed) {
      return one.upstream().failure(failed).kind();
    }
  }

  private Heard heard(Script script) {
    up.on("tools/call", script);
    Heard heard = new Heard();
    // at once, as it is on the road: who has broken off by the time of reading is not read
    one.on(() ->
        one.upstream()
            .send(OneUpstream.call(false))
            .answered()
            .thenAccept(answered -> answered.read(heard)));
    return heard;
  }

  @Test
  void isUnreachableAtOnceAndQuietlyOnceItIsClosed() {
    try (LoudLog log = new LoudLog()) {
      answered(true).cancel();
      one.upstream().close();
      assertThat(failure(true)).isEqualTo(Kind.UNREACHABLE);
      // nor is a client made for another loop
      assertThatThrownBy(() ->
              one.upstream()
                  .send(OneUpstream.call(true))
                  .answered()
                  .toCompletableFuture()
                  .orTimeout(10, TimeUnit.SECONDS)
                  .join())
          .hasRootCauseInstanceOf(UpstreamFailed.class);
      log.mustBeQuiet();
    }
  }

  @Test
  void canBeToldSomethingWhileItHasAllTheExchangesThatItMayHave() {
    up.on("tools/call", Scripts.hangInStream("{}"));
    List<Answered> all = new ArrayList<>();
    for (int i = 0; i < one.upstream().spec().concurrency(); i++) {
      all.add(answered(false));
    }
    up.on("tools/call", Scripts.json(Scripts.RESULT));
    answered(false).finish();
    all.forEach(each -> one.run(each::cancel));
  }

  @Test
  void isReadMessageByMessageOnTheLoopOfTheRequest() {
    Heard heard =
        heard((_, line) -> {
          line.events();
          line.event("7", "{\"a\":1}");
          line.chunk("id: 8\nretry: 50\ndata:\n\n");
          line.event("{\"a\":2}");
          line.end();
        });
    assertThat(heard.end()).isEqualTo("ended");
    assertThat(heard.messages).containsExactly("7|{\"a\":1}", "8|primed 50", "|{\"a\":2}");
    String loop = one.on(() -> Thread.currentThread().getName());
    assertThat(heard.threads).isNotEmpty().containsOnly(loop);
  }

  @Test
  void aFieldThatHttpDoesNotAllowIsToldAtOnce() {
    Outgoing outgoing =
        new Outgoing("POST", List.of(new Field("x", "a\nevil: b")), Payload.of("{}"), false);
    CompletableFuture<Answered> asked =
        one.on(() -> one.upstream().send(outgoing).answered()).toCompletableFuture();
    assertThatThrownBy(() -> asked.orTimeout(5, TimeUnit.SECONDS).join())
        .hasCauseInstanceOf(UpstreamFailed.class);
    assertThat(up.seen("tools/call")).isEmpty();
  }

  @Test
  void breaksOffOnce() {
    Heard heard = heard(Scripts.unendedStream("{\"a\":1}"));
    assertThat(heard.end()).isEqualTo(Kind.BROKEN_OFF.name());
    assertThat(heard.messages).containsExactly("|{\"a\":1}");
    assertThat(heard(Scripts.truncated("{\"a\":1")).end()).isEqualTo(Kind.BROKEN_OFF.name());
  }

  @Test
  void isNotReadWhereItIsEncodedOrTooLarge() {
    assertThat(
            heard((_, line) ->
                    line.whole(200, "application/json", "{}", "Content-Encoding: gzip\r\n"))
                .end())
        .isEqualTo(Kind.UNREADABLE.name());
    String large = "\"" + "x".repeat(1 << 20) + "\"";
    assertThat(heard(Scripts.json(large)).end()).isEqualTo(Kind.UNREADABLE.name());
    assertThat(heard(Scripts.events(large)).end()).isEqualTo(Kind.UNREADABLE.name());
  }

  @Test
  void isToldToBeSilentOnlyWhereItIs() {
    Heard silent = heard(Scripts.hangInStream("{\"a\":1}"));
    assertThat(silent.end()).isEqualTo(Kind.TIMED_OUT.name());
  }

  @Test
  void isNotBlamedForASilenceInWhichItWasHeldUp() {
    CountDownLatch gate = new CountDownLatch(1);
    up.on(
        "tools/call",
        (_, line) -> {
          line.events();
          line.await(gate);
          line.event("{\"a\":1}");
          line.end();
        });
    Heard heard = new Heard();
    Answered answered = answered(false);
    Vertx vertx = one.vertx();
    one.run(() -> {
      answered.read(heard);
      answered.pause();
      // let go just before somebody looks, who then finds that nothing has come for long
      vertx.setTimer(
          IDLE.toMillis() * 19 / 10,
          _ -> {
            answered.resume();
            vertx.setTimer(IDLE.toMillis() * 3 / 10, _ -> gate.countDown());
          });
    });
    assertThat(heard.end()).isEqualTo("ended");
    assertThat(heard.messages).containsExactly("|{\"a\":1}");
  }

  @Test
  void holdsBackWhatComesWhileItIsPaused() {
    up.on("tools/call", Scripts.events("{\"a\":1}", "{\"a\":2}"));
    Heard heard = new Heard();
    Answered answered = answered(false);
    one.run(() -> {
      answered.read(heard);
      answered.pause();
    });
    answered(false).cancel();
    assertThat(heard.over).as("not before it is let go").isNotDone();
    one.run(answered::resume);
    assertThat(heard.end()).isEqualTo("ended");
    assertThat(heard.messages).containsExactly("|{\"a\":1}", "|{\"a\":2}");
  }

  @Test
  void saysNothingMoreToWhoHasCancelled() {
    up.on("tools/call", Scripts.hangInStream("{\"a\":1}"));
    Heard heard = new Heard();
    Answered answered = answered(false);
    one.run(() -> answered.read(heard));
    Eventually.holds("an event", () -> !heard.messages.isEmpty());
    one.run(answered::cancel);
    one.run(answered::cancel);
    Seen seen = up.only("tools/call");
    Eventually.holds("its stream is closed", seen::hungUp);
    assertThat(heard.over).isNotDone();
  }

  @Test
  void mayHaveTakenACallThatWasSentOnceWhateverBecameOfTheNextTry() {
    up.on(
        "tools/call",
        (_, line) -> {
          up.close();
          line.reset();
        });
    assertThat(failure(true)).isEqualTo(Kind.BROKEN_OFF);
    assertThat(failure(true)).as("never sent").isEqualTo(Kind.UNREACHABLE);
  }

  @Test
  void isNotAskedForWhomDoesNotWaitAnyMore() {
    LoudLog log = new LoudLog();
    Sending sending =
        one.on(() -> {
          Sending begun = one.upstream().send(OneUpstream.call(false));
          // once it connects, and before it is connected
          one.vertx().runOnContext(_ -> begun.cancel());
          return begun;
        });
    List<Throwable> failures = new ArrayList<>();
    sending
        .answered()
        .exceptionally(failure -> {
          failures.add(failure);
          return null;
        })
        .toCompletableFuture()
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
    assertThat(one.upstream().failure(failures.getFirst()).kind()).isEqualTo(Kind.CANCELLED);
    Eventually.holds("the connection has come", () -> up.connections() > 0);
    answered(false).cancel();
    assertThat(up.seen("tools/call")).hasSize(1);
    log.close();
    log.mustBeQuiet();
  }

  @Test
  void isNotEvenConnectedToForWhomDoesNotWaitFromTheStart() {
    Sending sending =
        one.on(() -> {
          Sending begun = one.upstream().send(OneUpstream.call(false));
          begun.cancel();
          return begun;
        });
    assertThatThrownBy(() -> sending.answered().toCompletableFuture().get(10, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(UpstreamFailed.class);
    answered(false).cancel();
    assertThat(up.connections()).isEqualTo(1);
  }

  @Test
  void hasOnlySoManyPlacesAndGivesEachBack() {
    List<CompletableFuture<String>> inside = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      CompletableFuture<String> exchange = new CompletableFuture<>();
      inside.add(exchange);
      one.upstream().within(() -> exchange);
    }
    assertThat(crowded()).isTrue();
    inside.get(0).complete("over");
    assertThat(crowded()).isFalse();
    inside.get(1).completeExceptionally(new IllegalStateException("a bug"));
    assertThat(crowded()).isFalse();
    assertThat(
            one.upstream()
                .within(() -> {
                  throw new IllegalStateException("a bug");
                })
                .toCompletableFuture())
        .isCompletedExceptionally();
    assertThat(crowded()).isFalse();
  }

  private boolean crowded() {
    return one.upstream()
        .within(() -> CompletableFuture.completedFuture("in"))
        .toCompletableFuture()
        .isCompletedExceptionally();
  }
}
