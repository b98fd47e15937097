package dev.turnpike.relay;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.ExchangeListener.Watch;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Usage;
import dev.turnpike.protocol.Answering;
import dev.turnpike.protocol.Resumption;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Receiver;
import dev.turnpike.upstream.Sending;
import dev.turnpike.upstream.Upstream;
import dev.turnpike.upstream.UpstreamFailed;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One answer on its way from the upstream to the caller: who is slow holds up the other, who leaves
 * is missed. Ends once. All on the thread of the exchange.
 */
final class Passage implements Receiver, Relay.Standing {
  private final Upstream upstream;
  private final Caller caller;
  private final Answering answering;
  private final Reply reply;
  private final CompletableFuture<Outcome> over = new CompletableFuture<>();
  private final Watch watch;
  private final Executor loop;
  private @Nullable Sending sending;
  private @Nullable Answered answer;

  Passage(Upstream upstream, Caller caller, Answering answering, Reply reply, Watch watch) {
    this.upstream = upstream;
    this.caller = caller;
    this.answering = answering;
    this.reply = reply;
    this.watch = watch;
    this.loop = upstream.here();
    reply.onGone(this::callerGone);
    over.whenComplete((_, _) -> answering.over());
  }

  CompletionStage<Outcome> over() {
    return over;
  }

  /** Sends the call, at once or when a place is free; from any thread. */
  void begin(Outgoing outgoing) {
    loop.execute(() -> send(outgoing));
  }

  private void send(Outgoing outgoing) {
    if (over.isDone()) {
      // the caller left while the upstream was being met
      return;
    }
    answering.whenUnwanted(this::unwanted);
    answering.mayLeave(this::leave);
    Sending begun = upstream.send(outgoing, caller);
    sending = begun;
    begun
        .answered()
        .whenComplete((answered, failure) -> {
          if (answered == null) {
            unanswered(upstream.failure(failure));
          } else {
            watch.answered();
            answered(answered);
          }
        });
  }

  /** Goes on with an answer that an earlier exchange left open; from any thread. */
  void take(Answered kept, Runnable begun) {
    loop.execute(() -> {
      if (over.isDone()) {
        kept.cancel();
        return;
      }
      answering.whenUnwanted(this::unwanted);
      answering.mayLeave(this::leave);
      answer = kept;
      kept.read(this);
      begun.run();
    });
  }

  private void leave() {
    answer = null;
    sending = null;
    over.complete(new Outcome.Served(Usage.NONE));
  }

  private void unwanted() {
    loop.execute(() -> {
      if (!over.isDone()) {
        end(new Outcome.Cut(Outcome.By.CALLER, "does not want it any more"));
      }
    });
  }

  private void unanswered(UpstreamFailed failure) {
    if (!over.isDone()) {
      refuse(failure.refusal(upstream.name()));
    }
  }

  private void answered(Answered answered) {
    this.answer = answered;
    if (over.isDone()) {
      answered.cancel();
      return;
    }
    try {
      answering.head(answered);
      answering.whenUnwanted(this::unwanted);
    } catch (Refused refused) {
      refuse(refused.reason());
      return;
    } catch (RuntimeException bug) {
      broken(bug);
      return;
    }
    if (answering.wholeWithHead()) {
      whole();
    } else {
      Answered adopted = answering.adopted(answered);
      answer = adopted;
      adopted.read(this);
    }
  }

  @Override
  public void message(Payload json, String eventId) {
    if (over.isDone()) {
      return;
    }
    try {
      if (answering.message(json, eventId)) {
        whole();
      } else if (answering.full()) {
        holdUp();
      }
    } catch (Refused refused) {
      refuse(refused.reason());
    } catch (RuntimeException bug) {
      broken(bug);
    }
  }

  private void holdUp() {
    Answered held = answer;
    if (held != null) {
      held.pause();
      answering.onDrain(held::resume);
    }
  }

  @Override
  public void primed(String eventId, OptionalLong retryMillis) {
    answering.primed(eventId, retryMillis);
  }

  @Override
  public void ended() {
    if (over.isDone()) {
      return;
    }
    Optional<Resumption> again = answering.resumption();
    if (again.isPresent()) {
      upstream.later(again.get().after(), () -> resume(again.get()));
      return;
    }
    try {
      if (answering.ended()) {
        whole();
      } else {
        end(new Outcome.Cut(Outcome.By.UPSTREAM, "ended its answer without a result"));
      }
    } catch (Refused refused) {
      refuse(refused.reason());
    } catch (RuntimeException bug) {
      broken(bug);
    }
  }

  /** Ends a stream that only stands open, in good order, after the time. From any thread. */
  @Override
  public void retire(Duration after) {
    loop.execute(() -> upstream.later(after, this::retired));
  }

  @Override
  public void relisted(Set<Target.Kind> kinds) {
    loop.execute(() -> {
      if (!over.isDone()) {
        answering.relisted(kinds);
      }
    });
  }

  private void retired() {
    if (over.isDone()) {
      return;
    }
    if (reply.committed()) {
      answering.retire();
      end(new Outcome.Served(Usage.NONE));
    } else {
      refuse(new Refusal.TooBusy("Turnpike is ending here: connect again", Duration.ofSeconds(1)));
    }
  }

  private void resume(Resumption resumption) {
    if (over.isDone()) {
      return;
    }
    Sending begun = upstream.send(resumption.outgoing(), caller);
    sending = begun;
    begun
        .answered()
        .whenComplete((answered, failure) -> {
          if (answered == null) {
            unanswered(upstream.failure(failure));
          } else if (answered.status() != 200 || !answered.events()) {
            answered.cancel();
            refuse(
                new Refusal.UpstreamUnavailable(
                    upstream.name(), "did not let its own stream be resumed"));
          } else if (over.isDone()) {
            answered.cancel();
          } else {
            Answered adopted = answering.adopted(answered);
            answer = adopted;
            adopted.read(this);
          }
        });
  }

  @Override
  public void failed(UpstreamFailed failure) {
    if (!over.isDone()) {
      refuse(failure.refusal(upstream.name()));
    }
  }

  private void callerGone() {
    if (!over.isDone() && !answering.outlivesCaller()) {
      end(new Outcome.Cut(Outcome.By.CALLER, "left in the middle of the answer"));
    }
  }

  private void refuse(Refusal reason) {
    if (reply.committed()) {
      answering.cut(reason);
      end(new Outcome.Cut(Outcome.By.UPSTREAM, reason.getClass().getSimpleName()));
    } else {
      over.completeExceptionally(new Refused(reason));
      stop();
    }
  }

  private void broken(RuntimeException bug) {
    stop();
    if (reply.committed()) {
      answering.cut(new Refusal.UpstreamUnavailable(upstream.name(), "could not be understood"));
    }
    over.completeExceptionally(bug);
  }

  private void whole() {
    Answered open = answer;
    if (open != null) {
      open.finish();
    }
    answer = null;
    answering
        .sequel()
        .ifPresentOrElse(
            next -> next.whenComplete((outgoing, bug) -> loop.execute(() -> goOn(outgoing, bug))),
            () -> over.complete(new Outcome.Served(Usage.NONE)));
  }

  private void goOn(@Nullable Optional<Outgoing> outgoing, @Nullable Throwable bug) {
    if (over.isDone()) {
      return;
    }
    Throwable cause = bug != null && bug.getCause() != null ? bug.getCause() : bug;
    if (outgoing == null && cause instanceof Refused refused) {
      refuse(refused.reason());
    } else if (outgoing == null) {
      broken(bug instanceof RuntimeException thrown ? thrown : new IllegalStateException(bug));
    } else if (outgoing.isEmpty()) {
      over.complete(new Outcome.Served(Usage.NONE));
    } else {
      send(outgoing.get());
    }
  }

  private void end(Outcome outcome) {
    over.complete(outcome);
    stop();
  }

  private void stop() {
    Answered open = answer;
    if (open != null) {
      open.cancel();
    }
    Sending under = sending;
    if (under != null) {
      under.cancel();
    }
  }
}
