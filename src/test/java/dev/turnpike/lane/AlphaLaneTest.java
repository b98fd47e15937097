package dev.turnpike.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turnpike.catalog.Endpoints;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.ExchangeListener.Watch;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.exchange.Usage;
import dev.turnpike.flags.LaneLimits;
import dev.turnpike.protocol.Signs;
import dev.turnpike.rpc.Payload;
import dev.turnpike.testkit.Eventually;
import dev.turnpike.testkit.RecordedReply;
import dev.turnpike.testkit.Requests;
import dev.turnpike.testkit.Served;
import dev.turnpike.testkit.Trying;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** A lane that another one takes the calls of: what is under way goes on, and nothing begins. */
class AlphaLaneTest {
  private static final Duration TIME = Duration.ofMinutes(1);
  private static final Endpoints ENDPOINTS = Served.anonymously("m");
  private static final Inbound ASKED = Requests.post("/some/thing", "{}");

  private final LaneLimits limits =
      new LaneLimits(1, 1, 0.05, TIME, 1_000, 8, 0.5, Optional.empty());
  private final Trying flags = new Trying(limits);
  private final List<Recorded> hired = new CopyOnWriteArrayList<>();
  private final CountDownLatch hiring = new CountDownLatch(1);
  private final AlphaLane lane =
      new AlphaLane("alpha.some", Signs.below("/some/"), limits, new Here(), this::hire, flags);

  /** Workers on the thread that asks, whose calls end when the test says so. */
  private static final class Recorded implements Workers {
    private final List<CompletableFuture<List<Outcome>>> calls = new CopyOnWriteArrayList<>();
    private final List<Reply> replies = new CopyOnWriteArrayList<>();
    private final List<Duration> closings = new CopyOnWriteArrayList<>();

    @Override
    public Executor next() {
      return Runnable::run;
    }

    @Override
    public CompletionStage<List<Outcome>> serve(
        Inbound inbound, Caller caller, Reply reply, Watch watch) {
      CompletableFuture<List<Outcome>> end = new CompletableFuture<>();
      replies.add(reply);
      calls.add(end);
      return end;
    }

    @Override
    public void withdraw(BiPredicate<Caller, String> whose, Duration after) {}

    @Override
    public void close(Duration after) {
      closings.add(after);
    }

    void answer() {
      replies.getLast().answer(200, "text/plain", Payload.of("fine"));
      calls.getLast().complete(List.of(new Outcome.Served(Usage.NONE)));
    }
  }

  /** The stable lane, without threads: no time passes. */
  private final class Here implements Ground {
    @Override
    public Executor here() {
      return Runnable::run;
    }

    @Override
    public Runnable later(Duration after, Runnable action) {
      return () -> {};
    }

    @Override
    public boolean isOn(String flag, Caller caller, String endpoint) {
      return flags.isOn(flag, caller, endpoint);
    }

    @Override
    public Ticker ticker() {
      return () -> 0;
    }
  }

  private Workers hire() {
    try {
      hiring.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
    Recorded workers = new Recorded();
    hired.add(workers);
    return workers;
  }

  private CompletionStage<List<Outcome>> asked(Reply reply) {
    return lane.carry(ASKED, Caller.ANONYMOUS, ENDPOINTS, reply, new Watch() {});
  }

  private Recorded workers() {
    Eventually.holds("they are hired", () -> !hired.isEmpty());
    return hired.getFirst();
  }

  private static Refusal refusal(CompletionStage<List<Outcome>> call) {
    List<Throwable> failures = new ArrayList<>();
    call.whenComplete((_, failure) -> failures.add(failure));
    return ((Refused) failures.getFirst()).reason();
  }

  @Test
  void letsWhatIsUnderWayGoOnForItsTime() {
    hiring.countDown();
    RecordedReply reply = new RecordedReply();
    CompletionStage<List<Outcome>> underWay = asked(reply);
    Eventually.holds("it is under way", () -> !workers().calls.isEmpty());
    lane.retire();
    assertThat(workers().closings).containsExactly(TIME);
    workers().answer();
    assertThat(reply.body()).isEqualTo("fine");
    assertThat(underWay).isCompleted();
    assertThat(lane.open()).isZero();
  }

  @Test
  void beginsNothingMore() {
    hiring.countDown();
    CompletionStage<List<Outcome>> underWay = asked(new RecordedReply());
    CompletionStage<List<Outcome>> waiting = asked(new RecordedReply());
    Eventually.holds("one is under way", () -> !workers().calls.isEmpty());
    lane.retire();
    workers().answer();
    assertThat(underWay).isCompleted();
    assertThat(refusal(waiting)).isInstanceOf(Refusal.Overloaded.class);
    assertThat(refusal(asked(new RecordedReply()))).isInstanceOf(Refusal.Overloaded.class);
    assertThat(hired).hasSize(1);
  }

  @Test
  void endsWorkersThatComeWhenItIsTooLate() {
    CompletionStage<List<Outcome>> early = asked(new RecordedReply());
    lane.retire();
    hiring.countDown();
    Eventually.holds("they are told to end", () -> !workers().closings.isEmpty());
    assertThat(workers().closings).containsExactly(TIME);
    Eventually.holds("it is under way", () -> !workers().calls.isEmpty());
    workers().answer();
    assertThat(early).succeedsWithin(Duration.ofSeconds(5));
  }

  @Test
  void turnsNothingOffForWhatFailedBeforeItsTime() {
    hiring.countDown();
    for (int i = 0; i < Breaker.LEAST - 1; i++) {
      CompletionStage<List<Outcome>> call = asked(new RecordedReply());
      int number = i;
      Eventually.holds("it is under way", () -> workers().calls.size() > number);
      workers().calls.getLast().completeExceptionally(new IllegalStateException("a bug"));
      assertThat(refusal(call)).isInstanceOf(Refusal.NoSuchMethod.class);
    }
    CompletionStage<List<Outcome>> last = asked(new RecordedReply());
    Eventually.holds("it is under way", () -> workers().calls.size() == Breaker.LEAST);
    lane.retire();
    workers().calls.getLast().completeExceptionally(new IllegalStateException("a bug"));
    assertThat(refusal(last)).isInstanceOf(Refusal.NoSuchMethod.class);
    assertThat(flags.why()).isEmpty();
  }
}
