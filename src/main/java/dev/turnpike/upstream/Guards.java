package dev.turnpike.upstream;

import dev.turnpike.config.UpstreamSpec;
import io.smallrye.faulttolerance.api.TypedGuard;
import jakarta.enterprise.util.TypeLiteral;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * What protects an upstream, and Turnpike from it. The bulkhead spans the whole exchange; breaker
 * and retry judge the head of the answer.
 */
final class Guards {
  private static final int BREAKER_WINDOW = 20;
  private static final double BREAKER_RATIO = 0.5;
  private static final long BREAKER_DELAY_MILLIS = 2_000;
  // after the first repetition, which follows at once
  private static final int RETRIES = 1;
  private static final long RETRY_DELAY_MILLIS = 50;

  private final TypedGuard<CompletionStage<Answered>> breaker;
  private final TypedGuard<CompletionStage<Answered>> retryUnsent;
  private final TypedGuard<CompletionStage<Answered>> retryAny;

  Guards(UpstreamSpec spec) {
    breaker =
        TypedGuard.create(new TypeLiteral<CompletionStage<Answered>>() {})
            .withDescription(spec.name() + " breaker")
            .withThreadOffload(false)
            .withCircuitBreaker()
            .when(Guards::unreached)
            .requestVolumeThreshold(BREAKER_WINDOW)
            .failureRatio(BREAKER_RATIO)
            .delay(BREAKER_DELAY_MILLIS, ChronoUnit.MILLIS)
            .successThreshold(2)
            .done()
            .build();
    retryUnsent = retry(spec.name() + " retry unsent", Guards::unsent);
    retryAny = retry(spec.name() + " retry", Guards::brokenOff);
  }

  private static TypedGuard<CompletionStage<Answered>> retry(
      String name, Predicate<Throwable> when) {
    return TypedGuard.create(new TypeLiteral<CompletionStage<Answered>>() {})
        .withDescription(name)
        .withThreadOffload(false)
        .withRetry()
        .maxRetries(RETRIES)
        .delay(RETRY_DELAY_MILLIS, ChronoUnit.MILLIS)
        .jitter(RETRY_DELAY_MILLIS / 2, ChronoUnit.MILLIS)
        .whenException(when)
        .done()
        .build();
  }

  CompletionStage<Answered> reach(boolean repeatable, Supplier<CompletionStage<Answered>> attempt) {
    Predicate<Throwable> again = repeatable ? Guards::brokenOff : Guards::unsent;
    return breaker
        .get(attempt)
        .exceptionallyCompose(failure ->
            again.test(failure)
                ? (repeatable ? retryAny : retryUnsent).get(() -> breaker.get(attempt))
                : CompletableFuture.failedStage(failure));
  }

  /** There is no place for one more exchange. */
  static UpstreamFailed crowded() {
    return new UpstreamFailed(
        UpstreamFailed.Kind.SHED, "has all the exchanges at once that it may have");
  }

  /** In our words, whatever the guard threw. */
  UpstreamFailed failure(Throwable thrown) {
    return switch (unwrap(thrown)) {
      case UpstreamFailed failed -> failed;
      case CircuitBreakerOpenException _ ->
          new UpstreamFailed(
              UpstreamFailed.Kind.SHED, "failed too often and is left alone for a moment");
      case Throwable other ->
          new UpstreamFailed(
              UpstreamFailed.Kind.UNREACHABLE,
              "cannot be reached (" + other.getClass().getSimpleName() + ")");
    };
  }

  private static Throwable unwrap(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }

  private static boolean unsent(Throwable thrown) {
    return unwrap(thrown) instanceof UpstreamFailed failed
        && failed.kind() == UpstreamFailed.Kind.UNREACHABLE;
  }

  // who has waited for the time allowed is told so, and not made to wait as long again
  private static boolean brokenOff(Throwable thrown) {
    return unwrap(thrown) instanceof UpstreamFailed failed
        && switch (failed.kind()) {
          case UNREACHABLE, BROKEN_OFF -> true;
          case TIMED_OUT, UNREADABLE, CANCELLED, SHED -> false;
        };
  }

  private static boolean unreached(Throwable thrown) {
    return unwrap(thrown) instanceof UpstreamFailed failed
        && switch (failed.kind()) {
          case UNREACHABLE, TIMED_OUT, BROKEN_OFF -> true;
          case UNREADABLE, CANCELLED, SHED -> false;
        };
  }
}
