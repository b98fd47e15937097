package dev.turnpike.protocol;

import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Target;
import dev.turnpike.upstream.Answered;
import dev.turnpike.upstream.Outgoing;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Where the answer to a call comes from. */
public sealed interface Course {
  /** From Turnpike itself: no upstream is asked. */
  record Home(Consumer<Reply> answer) implements Course {}

  /** From Turnpike itself, once something else has been done. */
  record Awaited(CompletionStage<Consumer<Reply>> answer) implements Course {}

  /**
   * From Turnpike itself, on a stream that stays open, and counts against the streams of its
   * caller.
   *
   * @param answer begins the stream
   * @param over completes when it has ended
   * @param retire ends it in good order
   * @param relisted is told of the kinds of which the caller is shown other targets from now on
   */
  record Held(
      Consumer<Reply> answer,
      CompletionStage<?> over,
      Runnable retire,
      Consumer<Set<Target.Kind>> relisted)
      implements Course {
    /** Whom changed lists do not concern. */
    public Held(Consumer<Reply> answer, CompletionStage<?> over, Runnable retire) {
      this(answer, over, retire, _ -> {});
    }
  }

  /**
   * The rest of an answer that an earlier exchange left open.
   *
   * @param begun runs once it is being read again
   */
  record Kept(Answered answer, Runnable begun) implements Course {}

  /**
   * From the upstream.
   *
   * @param standing whether it is meant to stay open, and counts against the streams of its caller
   */
  record Afar(Outgoing outgoing, boolean standing) implements Course {}
}
