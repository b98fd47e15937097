package dev.turnpike;

import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Outcome;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Usage;
import dev.turnpike.protocol.Batch;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.Protocol;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What becomes of an exchange that did not go to its end. */
final class Endings {
  private Endings() {}

  /** A step that may be refused. */
  @FunctionalInterface
  interface Step<T> {
    CompletionStage<T> take() throws Refused;
  }

  /** The step, which fails where it is refused. */
  static <T> CompletionStage<T> refusing(Step<T> step) {
    try {
      return step.take();
    } catch (Refused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  /** Every part, begun in their order: the outcomes of all. */
  static CompletionStage<List<Outcome>> all(
      Batch batch, BiFunction<Integer, Inbound, CompletionStage<List<Outcome>>> begin) {
    List<CompletableFuture<List<Outcome>>> all =
        IntStream.range(0, batch.parts().size())
            .mapToObj(i -> begin.apply(i, batch.parts().get(i)).toCompletableFuture())
            .toList();
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .thenApply(_ -> all.stream().flatMap(part -> part.join().stream()).toList());
  }

  /** No protocol has the request yet, so the answer is plain HTTP. */
  static Outcome unclaimed(Throwable failure, Reply reply) {
    Throwable reason = reason(failure);
    if (reason instanceof Refused refused && !reply.committed()) {
      PlainRefusals.answer(refused.reason(), reply);
      return Outcome.TurnedAway.by(refused);
    }
    return broken(reason, reply);
  }

  /** The protocol has the request, and could not read it. */
  static Outcome unread(Exception failure, Protocol protocol, Inbound inbound, Reply reply) {
    try {
      if (failure instanceof Refused refused) {
        protocol.refuse(refused.reason(), inbound, reply);
        return Outcome.TurnedAway.by(refused);
      }
    } catch (RuntimeException bug) {
      return broken(bug, reply);
    }
    return broken(failure, reply);
  }

  /** Says no in the words of the protocol, as long as nothing has been said. */
  static Outcome of(Throwable failure, Dialogue dialogue, Reply reply) {
    Throwable reason = reason(failure);
    try {
      if (reason instanceof Refused refused && !reply.committed()) {
        dialogue.refuse(refused.reason(), reply);
        return Outcome.TurnedAway.by(refused);
      }
    } catch (RuntimeException bug) {
      return broken(bug, reply);
    }
    return broken(reason, reply);
  }

  /** A bug of ours: the caller learns that there is one, and nothing about it. */
  private static Outcome broken(Throwable bug, Reply reply) {
    if (!reply.committed()) {
      reply.answer(500);
    }
    return new Outcome.Broken(bug);
  }

  /**
   * Whether the upstream may have seen the call. Only two refusals say for sure that it did not.
   */
  static boolean sent(@Nullable Throwable failure) {
    return failure == null
        || !(reason(failure) instanceof Refused refused)
        || !(refused.reason() instanceof Refusal.UpstreamShed
            || (refused.reason() instanceof Refusal.UpstreamUnavailable unavailable
                && !unavailable.asked()));
  }

  /** What it came to: nothing, where it was not answered. */
  static Usage usage(@Nullable Outcome outcome) {
    return outcome instanceof Outcome.Served(Usage usage) ? usage : Usage.NONE;
  }

  private static Throwable reason(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
