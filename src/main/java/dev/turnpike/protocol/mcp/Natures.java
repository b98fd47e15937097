package dev.turnpike.protocol.mcp;

import dev.turnpike.config.RevisionPin;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.protocol.mcp.legacy.LegacyProbe;
import dev.turnpike.protocol.mcp.modern.Discovery;
import dev.turnpike.upstream.Upstream;
import java.time.Duration;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Knows which era each upstream speaks: from the configuration, or by asking once. A doubtful
 * answer is not remembered. Thread-safe.
 */
public final class Natures {
  // a server that is upgraded, or was hidden by an ingress for a moment, is seen again after this
  private static final long LEGACY_NANOS = Duration.ofMinutes(5).toNanos();

  private record Known(
      CompletableFuture<Nature> nature, CompletableFuture<Nature> forLegacy, long atNanos) {
    boolean stale(long now) {
      return now - atNanos > LEGACY_NANOS
          && nature.isDone()
          && !nature.isCompletedExceptionally()
          && nature.join() == Nature.LEGACY;
    }
  }

  private final Map<Upstream, Known> known = new WeakHashMap<>();
  private final Ticker ticker;

  public Natures(Ticker ticker) {
    this.ticker = ticker;
  }

  /**
   * Completes at once where it is known; fails with {@link Refused} where it cannot be told now.
   */
  public CompletableFuture<Nature> of(Upstream upstream) {
    return switch (upstream.spec().revision()) {
      case RevisionPin.Legacy _ -> CompletableFuture.completedFuture(Nature.LEGACY);
      case RevisionPin.Modern _ -> CompletableFuture.completedFuture(Nature.MODERN);
      case RevisionPin.Dated(var revision) ->
          CompletableFuture.completedFuture(
              Revisions.modern(revision) ? Nature.MODERN : Nature.LEGACY);
      case RevisionPin.Auto _ -> asked(upstream);
    };
  }

  /**
   * The nature that a legacy caller meets: an upstream of both eras is legacy to it. Never {@link
   * Nature#MODERN_AT_LEAST}; fails as {@link #of} does.
   */
  public CompletableFuture<Nature> forLegacy(Upstream upstream) {
    return of(upstream)
        .thenCompose(nature ->
            nature == Nature.MODERN_AT_LEAST
                ? legacyToo(upstream)
                : CompletableFuture.completedFuture(nature));
  }

  private CompletableFuture<Nature> legacyToo(Upstream upstream) {
    CompletableFuture<Nature> answer;
    synchronized (known) {
      Known earlier = known.get(upstream);
      if (earlier == null) {
        // doubted meanwhile
        return of(upstream)
            .thenApply(again -> again == Nature.MODERN_AT_LEAST ? Nature.MODERN : again);
      }
      answer = earlier.forLegacy();
    }
    if (answer.isDone()) {
      return answer;
    }
    return LegacyProbe.ask(upstream)
        .handle((opens, failure) -> {
          if (opens == null) {
            throw new CompletionException(
                failure instanceof Refused
                    ? failure
                    : new Refused(upstream.failure(failure).refusal(upstream.name())));
          }
          Nature nature = opens ? Nature.LEGACY : Nature.MODERN;
          answer.complete(nature);
          return nature;
        });
  }

  /** Forgets what an upstream said, because it behaves otherwise. */
  public void doubt(Upstream upstream) {
    synchronized (known) {
      known.remove(upstream);
    }
  }

  private CompletableFuture<Nature> asked(Upstream upstream) {
    CompletableFuture<Nature> answer = new CompletableFuture<>();
    synchronized (known) {
      long now = ticker.nanos();
      Known earlier = known.get(upstream);
      if (earlier != null && !earlier.stale(now)) {
        return upstream.here(earlier.nature());
      }
      known.put(upstream, new Known(answer, new CompletableFuture<>(), now));
    }
    Discovery.ask(upstream)
        .whenComplete((nature, failure) -> {
          if (nature != null) {
            answer.complete(nature);
            return;
          }
          doubt(upstream);
          answer.completeExceptionally(
              failure instanceof Refused
                  ? failure
                  : new Refused(upstream.failure(failure).refusal(upstream.name())));
        });
    return upstream.here(answer);
  }
}
