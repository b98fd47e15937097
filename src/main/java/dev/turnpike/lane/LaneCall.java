package dev.turnpike.lane;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.ExchangeListener.Watch;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One call in the experimental lane, from its admission to its end. Its fields belong to the thread
 * of the stable lane that it came on.
 */
final class LaneCall {
  /** How it ended, for the breaker. */
  enum End {
    WELL,
    FAULT,
    /** It says nothing about the alpha. */
    UNJUDGED
  }

  /** What is asked, by whom, and who wants to know. */
  record Asked(Inbound inbound, Caller caller, Reply reply, Watch watch) {}

  private final AlphaLane lane;
  private final Asked asked;
  private final CompletableFuture<List<Outcome>> end;
  private final Executor stable;
  private final long since;
  private final String endpoint;
  private @Nullable Crossing crossing;
  private @Nullable HandedReply handed;
  private Runnable inTime = () -> {};
  private boolean placed;
  private boolean listens;
  private boolean over;

  LaneCall(AlphaLane lane, String endpoint, Asked asked, CompletableFuture<List<Outcome>> end) {
    this.lane = lane;
    this.endpoint = endpoint;
    this.asked = asked;
    this.end = end;
    this.stable = lane.ground().here();
    this.since = lane.ground().ticker().nanos();
  }

  Caller caller() {
    return asked.caller();
  }

  String endpoint() {
    return endpoint;
  }

  /** It ends in so much time, however it stands. */
  void bounded(Duration time) {
    inTime =
        lane.ground()
            .later(
                time, () -> revoke(new TimeoutException("did not end within " + time), timedOut()));
  }

  // who only listens does so until it is cut, and who does not read is waited for
  private End timedOut() {
    HandedReply way = handed;
    return listens || (way != null && way.unread()) ? End.UNJUDGED : End.FAULT;
  }

  /** It ends in a moment, since the alpha was turned off. From any thread. */
  void endSoon(Duration grace) {
    stable.execute(() ->
        lane.ground()
            .later(
                grace,
                () -> revoke(new TimeoutException("was turned off meanwhile"), End.UNJUDGED)));
  }

  /** It has a place: that of a listener, or one of the others. From any thread. */
  void begin(CompletableFuture<Workers> hired, boolean listener) {
    stable.execute(() -> {
      if (over) {
        // it did not wait for so long
        lane.free(listener);
        return;
      }
      placed = true;
      listens = listener;
      hired.whenComplete((workers, failed) ->
          stable.execute(() -> {
            if (failed instanceof Refused no) {
              refuse(no, End.UNJUDGED);
            } else if (failed != null) {
              revoke(failed, End.FAULT);
            } else if (!over) {
              go(workers);
            }
          }));
    });
  }

  private void go(Workers workers) {
    Executor worker = workers.next();
    Crossing open = new Crossing(stable, worker, refused -> revoke(refused, End.FAULT));
    HandedReply way =
        new HandedReply(
            open,
            asked.reply(),
            () -> revoke(new IllegalStateException("said more than its caller reads"), End.FAULT),
            this::listen);
    crossing = open;
    handed = way;
    worker.execute(() -> {
      try {
        workers
            .serve(asked.inbound(), asked.caller(), way, new HandedWatch(open, asked.watch()))
            .whenComplete((outcomes, failure) ->
                open.toStable(() -> {
                  if (failure instanceof Refused no) {
                    refuse(no, End.UNJUDGED);
                  } else if (failure instanceof WorkersLost lost) {
                    lane.failed(lost);
                    refuse(lost.no(), End.FAULT);
                  } else if (failure != null) {
                    revoke(failure, End.FAULT);
                  } else {
                    ended(outcomes);
                  }
                }));
      } catch (Throwable bug) {
        // also what no program should catch: it is the alpha's, and ends here
        open.toStable(() -> revoke(bug, End.FAULT));
      }
    });
  }

  private void ended(List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Broken(Throwable bug)) {
        revoke(bug, End.FAULT);
        return;
      }
    }
    if (!(outcomes.getFirst() instanceof Outcome.Cut) && !asked.reply().committed()) {
      revoke(new IllegalStateException("ended, and has not answered"), End.FAULT);
      return;
    }
    if (leave(listens ? End.UNJUDGED : End.WELL)) {
      // the parts of a batch have told theirs
      asked.watch().ended(outcomes.getFirst());
      end.complete(outcomes);
    }
  }

  // the lane is not there
  private void refuse(Refused no, End how) {
    if (leave(how)) {
      end.completeExceptionally(no);
    }
  }

  private void revoke(Throwable why, End how) {
    if (!leave(how)) {
      return;
    }
    if (how == End.FAULT) {
      lane.failed(why);
    }
    Crossing open = crossing;
    HandedReply way = handed;
    if (open != null) {
      open.revoke();
    }
    if (way != null && way.cut()) {
      Outcome cut = new Outcome.Cut(Outcome.By.GATEWAY, "the experimental lane: " + why);
      asked.watch().ended(cut);
      end.complete(List.of(cut));
    } else {
      end.completeExceptionally(lane.unknown(asked.inbound()));
    }
  }

  // it waits for somebody else: another may have its place
  private void listen() {
    if (over || listens || !placed) {
      return;
    }
    listens = true;
    if (!lane.listens()) {
      placed = false;
      revoke(new IllegalStateException("one too many that waits"), End.UNJUDGED);
    }
  }

  private boolean leave(End how) {
    if (over) {
      return false;
    }
    over = true;
    inTime.run();
    if (placed) {
      lane.free(listens);
    }
    lane.left(this, how, Duration.ofNanos(lane.ground().ticker().nanos() - since));
    return true;
  }
}
