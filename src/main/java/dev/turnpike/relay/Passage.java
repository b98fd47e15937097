package dev.turnpike.relay;

import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Usage;
import dev.turnpike.protocol.Answering;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Receiver;
import dev.turnpike.upstream.Upstream;
import dev.turnpike.upstream.UpstreamFailed;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One answer on its way from the upstream to the caller: who is slow holds up the other, who leaves
 * is missed. Ends once. All on the thread of the exchange.
 */
final class Passage implements Receiver {
  private final Upstream upstream;
  private final Answering answering;
  private final Reply reply;
  private final CompletableFuture<Outcome> over = new CompletableFuture<>();
  private @Nullable Answered answer;
  private boolean gone;

  Passage(Upstream upstream, Answering answering, Reply reply) {
    this.upstream = upstream;
    this.answering = answering;
    this.reply = reply;
    reply.onGone(this::callerGone);
  }

  CompletionStage<Outcome> over() {
    return over;
  }

  void unanswered(UpstreamFailed failure) {
    refuse(Relay.refusal(upstream, failure));
  }

  void answered(Answered answered) {
    this.answer = answered;
    if (gone && !answering.outlivesCaller()) {
      end(new Outcome.Cut(Outcome.By.CALLER, "left before the answer"));
      return;
    }
    try {
      answering.head(answered);
      answering.whenUnwanted(() -> end(new Outcome.Cut(Outcome.By.CALLER, "did not come back")));
    } catch (Refused refused) {
      refuse(refused.reason());
      return;
    } catch (RuntimeException bug) {
      broken(bug);
      return;
    }
    answered.read(this);
  }

  @Override
  public void message(Payload json, String eventId) {
    if (over.isDone()) {
      return;
    }
    try {
      if (answering.message(json)) {
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
    answering.primed(retryMillis);
  }

  @Override
  public void ended() {
    if (over.isDone()) {
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
    }
  }

  @Override
  public void failed(UpstreamFailed failure) {
    if (!over.isDone()) {
      refuse(Relay.refusal(upstream, failure));
    }
  }

  private void callerGone() {
    gone = true;
    if (!over.isDone() && answer != null && !answering.outlivesCaller()) {
      end(new Outcome.Cut(Outcome.By.CALLER, "left in the middle of the answer"));
    }
  }

  private void refuse(Refusal reason) {
    if (reply.committed()) {
      answering.cut(reason);
      end(new Outcome.Cut(Outcome.By.UPSTREAM, reason.getClass().getSimpleName()));
    } else {
      stop();
      over.completeExceptionally(new Refused(reason));
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
    over.complete(new Outcome.Served(Usage.NONE));
  }

  private void end(Outcome outcome) {
    stop();
    over.complete(outcome);
  }

  private void stop() {
    Answered open = answer;
    if (open != null) {
      open.cancel();
    }
  }
}
