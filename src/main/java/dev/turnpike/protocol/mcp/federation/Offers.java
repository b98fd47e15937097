package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.upstream.Upstream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What each upstream offers, kept as long as it holds, and asked for anew by whoever comes next.
 * Thread-safe.
 */
final class Offers {
  /** How long a list waits for an upstream before it does without. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** How long an upstream that could not be asked is left alone. */
  private static final Duration REST = Duration.ofSeconds(5);

  private static final int MOST_PROFILES = 64;

  /**
   * What is known of an upstream.
   *
   * @param offer the last that it made, if it ever did
   * @param trouble why it is left out of lists; empty where it is not
   */
  record Known(Optional<Offer> offer, String trouble) {
    boolean up() {
      return trouble.isEmpty();
    }

    /** Whether it is this very offer, in the same state; two that say the same may not be. */
    boolean isThat(Known other) {
      return trouble.equals(other.trouble) && offer.orElse(null) == other.offer.orElse(null);
    }
  }

  private static final class Shelf {
    private @Nullable Offer last;
    private String trouble = "has not been asked yet";
    private long untilNanos;
    private boolean asked;
    private @Nullable CompletableFuture<Void> asking;
    private boolean outdated;

    private boolean slowTold;

    synchronized boolean slowIsNews() {
      boolean news = !slowTold && asking != null;
      slowTold = true;
      return news;
    }

    synchronized Known known() {
      return new Known(Optional.ofNullable(last), trouble);
    }
  }

  private final Map<Upstream, Map<String, Shelf>> shelves = new WeakHashMap<>();
  private final Inventory inventory;
  private final FederationListener listener;
  private final Arrivals arrivals;
  private final Ticker ticker;

  /**
   * @param arrivals told of upstreams that are there after they were left out
   */
  Offers(Inventory inventory, FederationListener listener, Arrivals arrivals, Ticker ticker) {
    this.arrivals = arrivals;
    this.inventory = inventory;
    this.listener = listener;
    this.ticker = ticker;
  }

  /**
   * What the upstream offers to callers of these capabilities. Completes on the event loop that
   * this is called on, at once where it is known, and never later than an upstream may take; never
   * fails.
   */
  CompletableFuture<Known> of(Upstream upstream, String profile) {
    Shelf shelf = shelf(upstream, profile);
    CompletableFuture<Void> asking;
    boolean first = false;
    synchronized (shelf) {
      if (shelf.asked && shelf.untilNanos - ticker.nanos() > 0) {
        return CompletableFuture.completedFuture(shelf.known());
      }
      if (shelf.asking == null) {
        shelf.asking = new CompletableFuture<>();
        shelf.outdated = false;
        first = true;
      }
      asking = shelf.asking;
    }
    if (first) {
      ask(upstream, profile, shelf, asking);
    }
    CompletableFuture<Known> known = new CompletableFuture<>();
    upstream.here(asking).whenComplete((_, _) -> known.complete(shelf.known()));
    if (!known.isDone()) {
      upstream.later(PATIENCE, () -> known.complete(slow(upstream, shelf)));
    }
    return known;
  }

  // whoever was there before is taken at its last word while it makes up its mind
  private Known slow(Upstream upstream, Shelf shelf) {
    Known known = shelf.known();
    if (known.offer().isEmpty() && shelf.slowIsNews()) {
      listener.leftOut(upstream.name(), "is slow to answer");
    }
    return known.offer().isPresent() ? known : new Known(Optional.empty(), "is slow to answer");
  }

  private void ask(Upstream upstream, String profile, Shelf shelf, CompletableFuture<Void> asking) {
    inventory
        .of(upstream, profile)
        .whenComplete((offer, failure) -> {
          Known before = shelf.known();
          boolean missed;
          boolean asked;
          synchronized (shelf) {
            missed = (shelf.asked || shelf.slowTold) && !before.up();
            shelf.slowTold = false;
            asked = shelf.asked;
            shelf.asked = true;
            shelf.asking = null;
            if (offer != null) {
              // what is the same stays the same object, which is seen at a glance
              shelf.last = offer.equals(shelf.last) ? shelf.last : offer;
              shelf.trouble = "";
              shelf.untilNanos = ticker.nanos() + (shelf.outdated ? 0 : offer.holds().toNanos());
            } else {
              shelf.trouble = reason(failure);
              shelf.untilNanos = ticker.nanos() + REST.toNanos();
            }
          }
          told(upstream, missed, asked, before, shelf.known());
          asking.complete(null);
          if (offer == null) {
            await(upstream, profile);
          }
        });
  }

  // who listens would not ask again by itself
  private void await(Upstream upstream, String profile) {
    if (arrivals.awaited(upstream)) {
      upstream.later(
          REST.multipliedBy(2),
          () -> {
            if (arrivals.awaited(upstream)) {
              of(upstream, profile);
            }
          });
    }
  }

  private void told(Upstream upstream, boolean missed, boolean asked, Known before, Known now) {
    if (!now.up() && (!asked || before.up())) {
      listener.leftOut(upstream.name(), now.trouble());
    } else if (now.up() && missed) {
      listener.back(upstream.name());
      now.offer().ifPresent(offer -> arrivals.tell(upstream, offer));
    }
    String omitted = now.offer().map(Offer::omitted).orElse("");
    if (now.up()
        && !omitted.isEmpty()
        && !omitted.equals(before.offer().map(Offer::omitted).orElse(""))) {
      listener.omitted(upstream.name(), omitted);
    }
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure.getCause() instanceof Refused refused ? refused : failure;
    if (!(cause instanceof Refused refused)) {
      return String.valueOf(cause.getMessage());
    }
    if (refused.reason() instanceof Refusal.UpstreamUnavailable(_, var why, _)) {
      return why;
    }
    if (refused.reason() instanceof Refusal.UpstreamShed(_, var busy)) {
      return busy;
    }
    return refused.reason() instanceof Refusal.UpstreamTimedOut(_, var late)
        ? late
        : refused.reason().getClass().getSimpleName();
  }

  /** What the upstream offers has changed: whoever comes next asks. */
  void forget(Upstream upstream) {
    Map<String, Shelf> all;
    synchronized (shelves) {
      all = Map.copyOf(shelves.getOrDefault(upstream, Map.of()));
    }
    for (Shelf shelf : all.values()) {
      synchronized (shelf) {
        shelf.untilNanos = ticker.nanos();
        shelf.outdated = true;
      }
    }
  }

  private Shelf shelf(Upstream upstream, String profile) {
    synchronized (shelves) {
      return shelves
          .computeIfAbsent(upstream, _ -> new Profiles())
          .computeIfAbsent(profile, _ -> new Shelf());
    }
  }

  /** The profiles that were asked for last. */
  private static final class Profiles extends LinkedHashMap<String, Shelf> {
    private static final long serialVersionUID = 1;

    Profiles() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Shelf> eldest) {
      return size() > MOST_PROFILES;
    }
  }
}
