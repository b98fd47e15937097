package dev.turnpike.relay;

import dev.turnpike.budget.Reserved;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.ExchangeListener.Watch;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Usage;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.upstream.Upstream;
import dev.turnpike.upstream.Upstreams;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Sends a paid call to its upstream and streams the answer back. */
public final class Relay {
  private final Standing standing;

  public Relay(int streamsPerCaller) {
    this.standing = new Standing(streamsPerCaller);
  }

  /**
   * Completes when the exchange is over, on its thread; fails with {@link Refused} as long as the
   * reply is not committed.
   */
  public CompletionStage<Outcome> send(
      Reserved reserved, Dialogue dialogue, Upstreams upstreams, Reply reply, Watch watch) {
    reserved
        .rateLimit()
        .ifPresent(rate -> {
          reply.header("RateLimit-Policy", rate.policy());
          reply.header("RateLimit", rate.limit());
        });
    try {
      return course(reserved, dialogue, upstreams, reply, watch);
    } catch (RuntimeException bug) {
      // whoever holds a reservation is always told how it went
      return CompletableFuture.failedFuture(bug);
    }
  }

  private CompletionStage<Outcome> course(
      Reserved reserved, Dialogue dialogue, Upstreams upstreams, Reply reply, Watch watch) {
    return switch (dialogue.course()) {
      case Course.Home(var answer) -> {
        answer.accept(reply);
        yield CompletableFuture.completedFuture(new Outcome.Served(Usage.NONE));
      }
      case Course.Afar afar -> {
        Upstream upstream = upstreams.named(reserved.permitted().routed().upstream());
        Answering answering = dialogue.answering(reserved.permitted(), reply);
        yield counted(
            afar.standing(),
            reserved.permitted().routed().caller(),
            () -> away(afar, upstream, answering, reply, watch));
      }
    };
  }

  private CompletionStage<Outcome> counted(
      boolean counts, Caller caller, Supplier<CompletionStage<Outcome>> send) {
    if (!counts) {
      return send.get();
    }
    if (!standing.enter(caller)) {
      return CompletableFuture.failedFuture(
          new Refused(
              new Refusal.TooBusy(
                  "This caller has all the streams open that it may have", Duration.ofSeconds(1))));
    }
    return send.get().whenComplete((_, _) -> standing.leave(caller));
  }

  private static CompletionStage<Outcome> away(
      Course.Afar afar, Upstream upstream, Answering answering, Reply reply, Watch watch) {
    return upstream
        .within(() -> exchange(afar, upstream, answering, reply, watch))
        .handle((relayed, failure) -> {
          if (relayed != null) {
            return CompletableFuture.completedFuture(relayed);
          }
          return CompletableFuture.<Outcome>failedFuture(
              refusedOf(failure)
                  .orElseGet(
                      () -> new Refused(upstream.failure(failure).refusal(upstream.name()))));
        })
        .thenCompose(stage -> stage);
  }

  private static CompletionStage<Outcome> exchange(
      Course.Afar afar, Upstream upstream, Answering answering, Reply reply, Watch watch) {
    Passage passage = new Passage(upstream, answering, reply, watch);
    passage.begin(afar.outgoing());
    return passage.over();
  }

  private static Optional<Refused> refusedOf(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof Refused refused ? Optional.of(refused) : Optional.empty();
  }
}
