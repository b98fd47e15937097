package dev.turnpike.protocol.mcp;

import dev.turnpike.config.RevisionPin;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.protocol.mcp.legacy.LegacyProbe;
import dev.turnpike.protocol.mcp.modern.Discovery;
import dev.turnpike.upstream.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Knows which era each upstream is called in: from the configuration, or by asking once; never one
 * that is turned off. A doubtful answer is not remembered. Thread-safe.
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
  private final Spoken spoken = new Spoken();
  private final Called called;
  private final Ticker ticker;

  public Natures(Called called, Ticker ticker) {
    this.called = called;
    this.ticker = ticker;
  }

  /** In which revisions upstreams are called. */
  public Called called() {
    return called;
  }

  /** The upstream has agreed to that revision. */
  public void heard(Upstream upstream, String revision) {
    spoken.heard(upstream, revision);
  }

  /**
   * The revisions that it is known to speak, called in them or not; with {@link Revisions#HTTP_SSE}
   * where it is reached by that.
   */
  public Set<String> spoken(Upstream upstream) {
    return spoken.of(upstream);
  }

  /**
   * Completes at once where it is known; fails with {@link Refused} where it cannot be told now, or
   * where the upstream is not called in what it speaks.
   */
  public CompletableFuture<Nature> of(Upstream upstream) {
    if (!called.reaches(upstream.spec())) {
      return off(upstream, List.of(Revisions.HTTP_SSE));
    }
    return switch (upstream.spec().revision()) {
      case RevisionPin.Legacy _ ->
          called.anyLegacy(upstream.name())
              ? known(Nature.LEGACY)
              : off(upstream, Revisions.LEGACY_ALL);
      case RevisionPin.Modern _ ->
          called.modern(upstream.name())
              ? known(Nature.MODERN)
              : off(upstream, Revisions.MODERN_ALL);
      case RevisionPin.Dated(var revision) ->
          called.calls(revision, upstream.name())
              ? known(Revisions.modern(revision) ? Nature.MODERN : Nature.LEGACY)
              : off(upstream, List.of(revision));
      case RevisionPin.Auto _ ->
          called.modern(upstream.name()) || called.anyLegacy(upstream.name())
              ? asked(upstream).thenCompose(nature -> stillCalled(upstream, nature))
              : off(upstream, Revisions.MODERN_ALL);
    };
  }

  private static CompletableFuture<Nature> known(Nature nature) {
    return CompletableFuture.completedFuture(nature);
  }

  private static CompletableFuture<Nature> off(Upstream upstream, List<String> revisions) {
    return CompletableFuture.failedFuture(Called.off(upstream.name(), revisions));
  }

  // what was asked before a flag was turned is no answer after it
  private CompletableFuture<Nature> stillCalled(Upstream upstream, Nature nature) {
    return switch (nature) {
      case LEGACY ->
          called.anyLegacy(upstream.name()) ? known(nature) : off(upstream, Revisions.LEGACY_ALL);
      case MODERN, MODERN_AT_LEAST -> {
        if (called.modern(upstream.name())) {
          yield known(nature);
        }
        doubt(upstream);
        yield of(upstream);
      }
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
                ? called.anyLegacy(upstream.name()) ? legacyToo(upstream) : known(Nature.MODERN)
                : known(nature));
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
    return LegacyProbe.ask(upstream, called)
        .handle((agreed, failure) -> {
          if (agreed == null) {
            throw new CompletionException(told(upstream, failure));
          }
          boolean opens = agreed.filter(one -> agreed(upstream, one)).isPresent();
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
    question(upstream)
        .whenComplete((nature, failure) -> {
          if (nature != null) {
            answer.complete(nature);
            return;
          }
          doubt(upstream);
          answer.completeExceptionally(told(upstream, failure));
        });
    return upstream.here(answer);
  }

  private static Throwable told(Upstream upstream, Throwable failure) {
    Throwable cause = failure.getCause() instanceof Refused inner ? inner : failure;
    return cause instanceof Refused
        ? cause
        : new Refused(upstream.failure(failure).refusal(upstream.name()));
  }

  // who is not called without sessions is not asked about that either
  private CompletableFuture<Nature> question(Upstream upstream) {
    if (called.modern(upstream.name())) {
      return Discovery.ask(upstream)
          .thenApply(nature -> {
            if (nature == Nature.LEGACY) {
              spoken.silent(upstream, true);
            } else {
              spoken.heard(upstream, Revisions.MODERN);
            }
            return nature;
          });
    }
    return LegacyProbe.ask(upstream, called)
        .thenCompose(agreed -> {
          if (agreed.isEmpty()) {
            return off(upstream, Revisions.MODERN_ALL);
          }
          return agreed(upstream, agreed.get())
              ? known(Nature.LEGACY)
              : off(upstream, List.of(agreed.get()));
        });
  }

  /** Notes it, and says whether the upstream is called in it. */
  private boolean agreed(Upstream upstream, String revision) {
    spoken.heard(upstream, revision);
    return called.calls(revision, upstream.name());
  }
}
