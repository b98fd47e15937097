package dev.turnpike.tokens;

import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Count;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What a call that was answered came to. Thread-safe. */
public final class Tally {
  private final Estimator estimator;
  private final Counting counting;
  private final Duration patience;

  /**
   * @param patience how long a count is waited for: for a table that is being loaded, or behind a
   *     queue of long texts, the books must not wait
   */
  public Tally(Estimator estimator, Counting counting, Duration patience) {
    this.estimator = estimator;
    this.counting = counting;
    this.patience = patience;
  }

  /**
   * What it came to: as reported, else as counted, else as estimated. Completes at once, or, where
   * it is counted, a moment later, at most the patience, on another thread; never fails.
   *
   * @param round whether it is a further round of a call, whose arguments are known already
   */
  public CompletionStage<Usage> of(String upstream, Call call, boolean round, Weight weight) {
    return switch (weight.kind()) {
      case NOTHING -> CompletableFuture.completedFuture(Usage.NONE);
      // what it says is of this exchange alone
      case ROUND -> CompletableFuture.completedFuture(estimated(upstream, call, List.of(), weight));
      case DEFINITIONS ->
          CompletableFuture.completedFuture(
              Usage.listing(
                  Count.estimated(estimator.tokens(upstream, Optional.empty(), weight.pieces()))));
      case RESULT -> result(upstream, call, round ? List.of() : Estimator.arguments(call), weight);
    };
  }

  /**
   * What a call has come to so far, as reported or estimated, at once.
   *
   * @param round whether it is a further round of a call, whose arguments are known already
   */
  public Usage soFar(String upstream, Call call, boolean round, Weight weight) {
    return weight.kind() == Weight.Kind.RESULT
        ? estimated(upstream, call, round ? List.of() : Estimator.arguments(call), weight)
        : Usage.NONE;
  }

  private CompletionStage<Usage> result(
      String upstream, Call call, List<Piece> arguments, Weight weight) {
    Reported said = weight.reported();
    List<Piece> unknown = new ArrayList<>();
    if (said.input().isEmpty()) {
      unknown.addAll(arguments);
    }
    if (said.output().isEmpty()) {
      unknown.addAll(weight.pieces());
    }
    Optional<CompletableFuture<List<Long>>> exact =
        unknown.isEmpty() ? Optional.empty() : counting.of(unknown);
    if (exact.isEmpty()) {
      return CompletableFuture.completedFuture(
          seen(upstream, call, estimated(upstream, call, arguments, weight)));
    }
    exact.get().thenAccept(counts -> learn(upstream, call, unknown, counts));
    int inputs = said.input().isEmpty() ? arguments.size() : 0;
    return exact
        .get()
        .copy()
        .completeOnTimeout(List.of(), patience.toNanos(), TimeUnit.NANOSECONDS)
        .thenApply(counts ->
            counts.isEmpty()
                ? estimated(upstream, call, arguments, weight)
                : counted(said, counts, inputs, weight.fixed()))
        .exceptionally(_ -> estimated(upstream, call, arguments, weight))
        .thenApply(usage -> seen(upstream, call, usage));
  }

  private void learn(String upstream, Call call, List<Piece> pieces, List<Long> counts) {
    for (int i = 0; i < counts.size(); i++) {
      estimator.counted(upstream, call.target(), pieces.get(i), counts.get(i));
    }
  }

  private Usage estimated(String upstream, Call call, List<Piece> arguments, Weight weight) {
    Optional<Target> target = call.target();
    Reported said = weight.reported();
    return new Usage(
        figure(said.input(), () -> Count.estimated(estimator.tokens(upstream, target, arguments))),
        figure(
            said.output(),
            () ->
                Count.estimated(
                    estimator.tokens(upstream, target, weight.pieces()) + weight.fixed())),
        said.cached().orElse(0),
        Count.NONE,
        said.model());
  }

  private static Usage counted(Reported said, List<Long> counts, int inputs, long fixed) {
    return new Usage(
        figure(said.input(), () -> Count.counted(sum(counts.subList(0, inputs)))),
        figure(
            said.output(), () -> Count.counted(sum(counts.subList(inputs, counts.size())) + fixed)),
        said.cached().orElse(0),
        Count.NONE,
        said.model());
  }

  private static Count figure(OptionalLong said, Supplier<Count> ours) {
    return said.isPresent() ? Count.reported(said.getAsLong()) : ours.get();
  }

  private static long sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  private Usage seen(String upstream, Call call, Usage usage) {
    call.target().ifPresent(target -> estimator.sized(upstream, target, usage.output().tokens()));
    call.target()
        .ifPresent(target ->
            usage.model().ifPresent(model -> estimator.answered(upstream, target, model)));
    return usage;
  }
}
