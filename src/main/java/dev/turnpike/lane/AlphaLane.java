package dev.turnpike.lane;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.catalog.Endpoints;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.ExchangeListener.Watch;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.flags.LaneLimits;
import dev.turnpike.protocol.Signs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The lane of one alpha. Its calls run on workers of their own, for so long as the flag's limits
 * say; what goes wrong there is a no here, and too much of it turns the alpha off. Thread-safe.
 */
public final class AlphaLane {
  /** How long what is open of an alpha may go on when it was turned off. */
  static final Duration GRACE = Duration.ofSeconds(2);

  private final String flag;
  private final Signs signs;
  private final LaneLimits limits;
  private final Ground ground;
  private final Supplier<Workers> hiring;
  private final LaneListener listener;
  private final Admission admission;
  private final Admission listening;
  private final Set<LaneCall> live = ConcurrentHashMap.newKeySet();
  private final Breaker breaker;
  private @Nullable CompletableFuture<Workers> workers;
  private volatile boolean retired;

  /**
   * @param hiring makes the workers, when the first call comes and after the alpha was turned off;
   *     may block, and is called on a thread of its own
   */
  public AlphaLane(
      String flag,
      Signs signs,
      LaneLimits limits,
      Ground ground,
      Supplier<Workers> hiring,
      LaneListener listener) {
    this.flag = flag;
    this.signs = signs;
    this.limits = limits;
    this.ground = ground;
    this.hiring = hiring;
    this.listener = listener;
    this.admission = new Admission(limits.concurrency(), limits.queue());
    this.listening = new Admission(limits.waiting(), 0);
    this.breaker = new Breaker(limits);
  }

  public String flag() {
    return flag;
  }

  public LaneLimits limits() {
    return limits;
  }

  /** Whether it was turned off for what went wrong, and not armed again. */
  public boolean isTripped() {
    return breaker.isOpen();
  }

  /** Calls under way or waiting. */
  public int open() {
    return admission.open() + listening.open();
  }

  /** Whether the request is meant for this alpha, which is on for the caller. */
  boolean takes(Inbound inbound, Caller caller, Endpoints endpoints) {
    return !breaker.isOpen()
        && signs.onHead(inbound)
        && ground.isOn(flag, caller, name(inbound, endpoints))
        && signs.onBody(inbound);
  }

  private static String name(Inbound inbound, Endpoints endpoints) {
    return endpoints.at(inbound.path()).map(Endpoint::name).orElse("");
  }

  /**
   * Serves it. Completes with what came of it, of which the watch has been told, on the thread that
   * calls; fails with {@link Refused} where nothing was said and the watch knows of no end.
   */
  public CompletionStage<List<Outcome>> carry(
      Inbound inbound, Caller caller, Endpoints endpoints, Reply reply, Watch watch) {
    if (inbound.body().size() > limits.bytes()) {
      return refused(new Refusal.TooLarge(limits.bytes()));
    }
    CompletableFuture<List<Outcome>> end = new CompletableFuture<>();
    LaneCall call =
        new LaneCall(
            this, name(inbound, endpoints), new LaneCall.Asked(inbound, caller, reply, watch), end);
    live.add(call);
    Admission place = inbound.method().equals("GET") ? listening : admission;
    if (!place.enter(() -> call.begin(hired(), place == listening))) {
      live.remove(call);
      return refused(new Refusal.Overloaded("The experimental lane has all the calls it takes"));
    }
    call.bounded(limits.time());
    if (!ground.isOn(flag, caller, call.endpoint())) {
      // turned off between the look at the flag and the entry among those who are told
      call.endSoon(GRACE);
    }
    return end;
  }

  private static <T> CompletionStage<T> refused(Refusal reason) {
    return CompletableFuture.failedFuture(new Refused(reason));
  }

  private synchronized CompletableFuture<Workers> hired() {
    if (retired) {
      return CompletableFuture.failedFuture(
          new Refused(new Refusal.Overloaded("The experimental lane is changing: ask again")));
    }
    CompletableFuture<Workers> there = workers;
    if (there == null || there.isCompletedExceptionally()) {
      CompletableFuture<Workers> coming = new CompletableFuture<>();
      Thread.ofVirtual()
          .name("lane-hiring")
          .start(() -> {
            try {
              coming.complete(hiring.get());
            } catch (Throwable failed) {
              coming.completeExceptionally(failed);
            }
          });
      workers = coming;
      there = coming;
    }
    return there;
  }

  Ground ground() {
    return ground;
  }

  /** The no that hides what went wrong. */
  public Refused unknown(Inbound inbound) {
    return new Refused(new Refusal.NoSuchMethod(signs.asked(inbound)));
  }

  /** A place is free. */
  void free(boolean ofListener) {
    (ofListener ? listening : admission).leave();
  }

  /** A call that has a place has become one that waits for somebody else; false: too many do. */
  boolean listens() {
    admission.leave();
    return listening.enter(() -> {});
  }

  /** A call is over. */
  void left(LaneCall call, LaneCall.End end, Duration took) {
    live.remove(call);
    if (retired || end == LaneCall.End.UNJUDGED) {
      return;
    }
    Optional<String> why = breaker.took(end == LaneCall.End.WELL, took);
    why.ifPresent(reason -> {
      listener.tripped(flag, reason);
      dismiss();
      live.forEach(open -> open.endSoon(GRACE));
    });
  }

  /** Lets calls in again, after it was turned off for what went wrong. */
  public void arm() {
    breaker.close();
  }

  void failed(Throwable bug) {
    listener.failed(flag, bug);
  }

  /** Ends, after a grace, what is open for those for whom the alpha is off now. From any thread. */
  public void flagsChanged() {
    live.stream()
        .filter(call -> !ground.isOn(flag, call.caller(), call.endpoint()))
        .forEach(call -> call.endSoon(GRACE));
    CompletableFuture<Workers> there = now();
    if (there != null) {
      there.thenAccept(hands ->
          hands.withdraw((caller, endpoint) -> !ground.isOn(flag, caller, endpoint), GRACE));
    }
  }

  private synchronized @Nullable CompletableFuture<Workers> now() {
    return workers;
  }

  /** Ends its workers: those that come back from what they do, and those that never will. */
  public void dismiss() {
    dismiss(GRACE.plusSeconds(1));
  }

  /** Another lane takes the calls from now on; those under way here go on for their time. */
  public synchronized void retire() {
    retired = true;
    dismiss(limits.time());
  }

  private synchronized void dismiss(Duration after) {
    CompletableFuture<Workers> there = workers;
    workers = null;
    if (there != null) {
      there.thenAccept(hands -> hands.close(after));
    }
  }
}
