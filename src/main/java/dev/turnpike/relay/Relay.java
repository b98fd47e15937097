package dev.turnpike.relay;

import dev.turnpike.budget.Reserved;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.ExchangeListener.Watch;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Subject;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Usage;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.route.Routed;
import dev.turnpike.tokens.Tally;
import dev.turnpike.upstream.Upstream;
import dev.turnpike.upstream.UpstreamFailed;
import dev.turnpike.upstream.Upstreams;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Sends a paid call to its upstream and streams the answer back. */
public final class Relay {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final String ENDING =
      "Turnpike is ending here and takes no new streams: connect again";
  private static final String ALL_STREAMS = "This caller has all the streams open that it may have";

  /** A stream that stands open. */
  interface Standing {
    /** Ends it in good order. */
    void retire(Duration after);

    /** Its caller is shown other targets of these kinds from now on. */
    void relisted(Set<Target.Kind> kinds);
  }

  /** Whose a stream is, and until when it may stand open. */
  private record Opened(Routed by, Instant until) {}

  /** Says of which kinds a caller is shown other targets from now on. */
  @FunctionalInterface
  public interface Change {
    Set<Target.Kind> of(Routed routed);
  }

  private final Places streams;
  private final Places calls;
  private final Tally tally;
  private final Map<String, Reckoning> reckonings;
  private final Map<Standing, Opened> open = new ConcurrentHashMap<>();
  private volatile boolean draining;

  /**
   * @param streamsPerCaller streams that stand open at once, of each caller at each endpoint
   * @param callsPerCaller calls under way at once, likewise
   * @param tally says what a call came to
   * @param reckonings of each protocol, by its name; what has none is not weighed
   */
  public Relay(
      int streamsPerCaller, int callsPerCaller, Tally tally, Map<String, Reckoning> reckonings) {
    this.tally = tally;
    this.reckonings = Map.copyOf(reckonings);
    this.streams = new Places(streamsPerCaller);
    this.calls = new Places(callsPerCaller);
  }

  /**
   * Completes when the exchange is over, on its thread; fails with {@link Refused} as long as the
   * reply is not committed.
   */
  public CompletionStage<Outcome> send(
      Reserved reserved, Dialogue dialogue, Upstreams upstreams, Reply reply, Watch watch) {
    try {
      reserved
          .rateLimit()
          .ifPresent(rate -> {
            reply.header("RateLimit-Policy", rate.policy());
            reply.header("RateLimit", rate.limit());
          });
      Routed routed = reserved.permitted().routed();
      Reckoning reckoning = reckonings.get(routed.call().protocol());
      if (reckoning == null) {
        return course(reserved, dialogue, upstreams, reply, watch);
      }
      Weighed weighed = new Weighed(reply, reserved, reckoning, tally);
      return course(reserved, dialogue, upstreams, weighed, watch)
          .thenCompose(outcome -> tallied(outcome, routed, upstreams, weighed, watch));
    } catch (RuntimeException bug) {
      // whoever holds a reservation is always told how it went
      return CompletableFuture.failedFuture(bug);
    }
  }

  private CompletionStage<Outcome> tallied(
      Outcome outcome, Routed routed, Upstreams upstreams, Weighed weighed, Watch watch) {
    if (!(outcome instanceof Outcome.Served)) {
      return CompletableFuture.completedFuture(outcome);
    }
    watch.delivered();
    CompletableFuture<Outcome> served =
        tally
            .of(routed.upstream(), routed.call(), routed.continued(), weighed.weight())
            .<Outcome>thenApply(Outcome.Served::new)
            .toCompletableFuture();
    // what is counted elsewhere comes back to the thread of the exchange
    return served.isDone() ? served : upstreams.named(routed.upstream()).here(served);
  }

  private CompletionStage<Outcome> course(
      Reserved reserved, Dialogue dialogue, Upstreams upstreams, Reply reply, Watch watch) {
    return switch (dialogue.course(reserved.permitted())) {
      case Course.Home(var answer) -> {
        answer.accept(reply);
        yield CompletableFuture.completedFuture(new Outcome.Served(Usage.NONE));
      }
      case Course.Awaited(var stage) ->
          stage.thenApply(answer -> {
            answer.accept(reply);
            return new Outcome.Served(Usage.NONE);
          });
      case Course.Held held -> held(held, reserved.permitted().routed(), upstreams, reply);
      case Course.Kept(var answer, var begun) -> {
        Upstream upstream = upstreams.named(reserved.permitted().routed().upstream());
        Answering answering = dialogue.answering(reserved.permitted(), reply);
        Passage passage =
            new Passage(upstream, reserved.permitted().routed().caller(), answering, reply, watch);
        yield call(
            upstream, reserved.permitted().routed(), passage, () -> passage.take(answer, begun));
      }
      case Course.Afar afar -> {
        Upstream upstream = upstreams.named(reserved.permitted().routed().upstream());
        Answering answering = dialogue.answering(reserved.permitted(), reply);
        Passage passage =
            new Passage(upstream, reserved.permitted().routed().caller(), answering, reply, watch);
        yield afar.standing()
            ? standing(afar, upstream, reserved.permitted().routed(), passage)
            : call(
                upstream,
                reserved.permitted().routed(),
                passage,
                () -> passage.begin(afar.outgoing()));
      }
    };
  }

  /**
   * Takes no new streams, and ends those that only stand open within the time, each at a moment of
   * its own. Calls go on.
   */
  public void drain(Duration over, RandomGenerator random) {
    draining = true;
    long millis = Math.max(1, over.toMillis());
    open.keySet().forEach(passage -> passage.retire(Duration.ofMillis(random.nextLong(millis))));
  }

  /** Ends the streams whose callers' tokens have expired. From time to time, on any thread. */
  public void expire(Instant now) {
    open.forEach((stream, opened) -> {
      if (!now.isBefore(opened.until()) && open.remove(stream, opened)) {
        stream.retire(Duration.ZERO);
      }
    });
  }

  /** Ends the streams of those who may have none any more. From any thread. */
  public void end(Predicate<Routed> whose) {
    open.forEach((stream, opened) -> {
      if (whose.test(opened.by()) && open.remove(stream, opened)) {
        stream.retire(Duration.ZERO);
      }
    });
  }

  /** Tells every stream whose caller's lists have changed. From any thread. */
  public void relisted(Change change) {
    open.forEach((stream, opened) -> {
      Set<Target.Kind> kinds = change.of(opened.by());
      if (!kinds.isEmpty()) {
        stream.relisted(kinds);
      }
    });
  }

  // until the end of the token that it was opened with
  private static Opened opened(Routed by) {
    return new Opened(by, by.caller().subject().flatMap(Subject::expires).orElse(Instant.MAX));
  }

  private CompletionStage<Outcome> call(
      Upstream upstream, Routed routed, Passage passage, Runnable begin) {
    Caller caller = routed.caller();
    String endpoint = routed.call().endpoint();
    if (!calls.enter(caller, endpoint)) {
      return busy("This caller has all the calls under way that it may have");
    }
    return away(upstream, passage, begin).whenComplete((_, _) -> calls.leave(caller, endpoint));
  }

  private CompletionStage<Outcome> held(
      Course.Held course, Routed routed, Upstreams upstreams, Reply reply) {
    Caller caller = routed.caller();
    String endpoint = routed.call().endpoint();
    Upstream upstream = upstreams.named(routed.upstream());
    Executor loop = upstream.here();
    Standing ending =
        new Standing() {
          @Override
          public void retire(Duration after) {
            loop.execute(() -> upstream.later(after, course.retire()));
          }

          @Override
          public void relisted(Set<Target.Kind> kinds) {
            loop.execute(() -> course.relisted().accept(kinds));
          }
        };
    open.put(ending, opened(routed));
    if (draining || !streams.enter(caller, endpoint)) {
      open.remove(ending);
      return busy(draining ? ENDING : ALL_STREAMS);
    }
    CompletableFuture<Outcome> over = new CompletableFuture<>();
    course
        .over()
        .whenComplete((_, _) -> loop.execute(() -> over.complete(new Outcome.Served(Usage.NONE))));
    return place(upstream, () -> begun(course, reply, over))
        .whenComplete((_, _) -> {
          open.remove(ending);
          streams.leave(caller, endpoint);
        });
  }

  private static CompletionStage<Outcome> begun(
      Course.Held course, Reply reply, CompletableFuture<Outcome> over) {
    course.answer().accept(reply);
    return over;
  }

  private CompletionStage<Outcome> standing(
      Course.Afar afar, Upstream upstream, Routed routed, Passage passage) {
    Caller caller = routed.caller();
    String endpoint = routed.call().endpoint();
    open.put(passage, opened(routed));
    // looked at after it is in the set: a drain that begins now finds it there
    if (draining || !streams.enter(caller, endpoint)) {
      open.remove(passage);
      return busy(draining ? ENDING : ALL_STREAMS);
    }
    return away(upstream, passage, () -> passage.begin(afar.outgoing()))
        .whenComplete((_, _) -> {
          open.remove(passage);
          streams.leave(caller, endpoint);
        });
  }

  private static CompletionStage<Outcome> busy(String why) {
    return CompletableFuture.failedFuture(new Refused(new Refusal.TooBusy(why, SOON)));
  }

  private static CompletionStage<Outcome> away(Upstream upstream, Passage passage, Runnable begin) {
    return place(
        upstream,
        () -> {
          begin.run();
          return passage.over();
        });
  }

  // whoever takes a place of the upstream's gives it back at the end
  private static CompletionStage<Outcome> place(
      Upstream upstream, Supplier<CompletionStage<Outcome>> exchange) {
    return upstream
        .within(exchange)
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(told(upstream, failure)));
  }

  // a bug stays a bug: only what the upstream did is told as a refusal
  private static Throwable told(Upstream upstream, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof UpstreamFailed failed
        ? new Refused(failed.refusal(upstream.name()))
        : cause;
  }
}
