package dev.turnpike.protocol.a2a.agent;

import dev.turnpike.config.Reach;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Field;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Upstream;
import dev.turnpike.upstream.UpstreamFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Every agent, as its last good card says. A card that is older than a minute is asked for anew by
 * whoever comes next, who does not wait for that. Thread-safe.
 */
public final class Agents {
  /** How long a card is taken for what it said. */
  static final Duration HOLDS = Duration.ofMinutes(1);

  /** How long an agent whose card could not be had is left alone. */
  static final Duration REST = Duration.ofSeconds(1);

  private static final class Shelf {
    private @Nullable Agent last;
    private String etag = "";
    private Throwable trouble = new IllegalStateException("has not been asked yet");
    private boolean asked;
    private long untilNanos;
    private @Nullable CompletableFuture<Agent> asking;
  }

  private final Map<Upstream, Shelf> shelves = new WeakHashMap<>();
  private final Ticker ticker;

  public Agents(Ticker ticker) {
    this.ticker = ticker;
  }

  /**
   * The agent behind the upstream, which is reached by a card. Completes at once where there is a
   * good card, else on the event loop that this is called on; fails with {@link Refused} where it
   * has none that it can be called by.
   */
  public CompletableFuture<Agent> of(Upstream upstream) {
    Shelf shelf = shelf(upstream);
    CompletableFuture<Agent> asking;
    boolean first = false;
    Agent last;
    synchronized (shelf) {
      last = shelf.last;
      if (shelf.asked && shelf.untilNanos - ticker.nanos() > 0) {
        return last == null
            ? CompletableFuture.failedFuture(shelf.trouble)
            : CompletableFuture.completedFuture(last);
      }
      if (shelf.asking == null) {
        shelf.asking = new CompletableFuture<>();
        first = true;
      }
      asking = shelf.asking;
    }
    if (first) {
      ask(upstream, shelf, asking);
    }
    return last == null ? upstream.here(asking) : CompletableFuture.completedFuture(last);
  }

  /** Why the agent cannot be called now, in words; empty where it can, or was never asked. */
  public Optional<String> trouble(Upstream upstream) {
    Shelf shelf = shelf(upstream);
    synchronized (shelf) {
      return shelf.asked
              && shelf.last == null
              && shelf.trouble instanceof Refused refused
              && refused.reason() instanceof Refusal.UpstreamUnavailable unavailable
          ? Optional.of(unavailable.reason())
          : Optional.empty();
    }
  }

  private Shelf shelf(Upstream upstream) {
    synchronized (shelves) {
      return shelves.computeIfAbsent(upstream, _ -> new Shelf());
    }
  }

  private void ask(Upstream upstream, Shelf shelf, CompletableFuture<Agent> asking) {
    String etag;
    synchronized (shelf) {
      etag = shelf.last == null ? "" : shelf.etag;
    }
    upstream
        .send(new Outgoing("GET", fields(etag), Payload.EMPTY, true))
        .answered()
        .thenCompose(CardAnswer::of)
        .thenApply(read -> read(upstream, shelf, read))
        .whenComplete((agent, failure) -> {
          Throwable trouble = agent == null ? told(upstream, failure) : null;
          synchronized (shelf) {
            shelf.asked = true;
            shelf.asking = null;
            shelf.last = agent == null ? shelf.last : agent;
            shelf.trouble = trouble == null ? shelf.trouble : trouble;
            shelf.untilNanos = ticker.nanos() + (agent == null ? REST : HOLDS).toNanos();
          }
          if (agent == null) {
            asking.completeExceptionally(trouble);
          } else {
            asking.complete(agent);
          }
        });
  }

  // an agent that has never been told our version would send the card of an older one
  private static List<Field> fields(String etag) {
    List<Field> fields = new ArrayList<>(3);
    fields.add(new Field("accept", "application/json"));
    fields.add(new Field("a2a-version", Interfaces.VERSION));
    if (!etag.isEmpty()) {
      fields.add(new Field("if-none-match", etag));
    }
    return fields;
  }

  private static Agent read(Upstream upstream, Shelf shelf, CardAnswer.Read read) {
    synchronized (shelf) {
      Agent last = shelf.last;
      if (read.status() == 304 && last != null) {
        return last;
      }
    }
    try {
      if (read.status() != 200) {
        throw new UnusableCard("answered with status " + read.status() + " for its card");
      }
      Payload body =
          read.body().orElseThrow(() -> new UnusableCard("has a card that cannot be read"));
      if (!(upstream.spec().reach() instanceof Reach.Card reach)) {
        throw new IllegalStateException(upstream.name() + " is no agent");
      }
      Agent agent = CardRead.of(body, reach);
      synchronized (shelf) {
        shelf.etag = read.etag();
        Agent last = shelf.last;
        // what is the same stays the same object
        return last != null && last.written().equals(body) ? last : agent;
      }
    } catch (UnusableCard unusable) {
      throw new CompletionException(
          new UpstreamFailed(UpstreamFailed.Kind.UNREADABLE, unusable.reason()));
    }
  }

  private static Refused told(Upstream upstream, Throwable failure) {
    return new Refused(upstream.failure(failure).refusal(upstream.name()));
  }
}
