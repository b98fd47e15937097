package dev.turnpike.budget;

import dev.turnpike.budget.SharedStore.Counter;
import dev.turnpike.budget.SharedStore.Need;
import dev.turnpike.budget.SharedStore.Standing;
import dev.turnpike.config.BudgetSpec.Window;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Counters that all replicas share. A budget that is exact asks the store for every call; of others
 * this replica holds shares. While the store is away or slow, each replica goes on with its part of
 * the limits, and what is hard is refused.
 */
public final class SharedTill extends Till {
  private static final int MOST_LEASES = 100_000;
  private static final int AT_ONCE = 100;
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final long LOST_NANOS = Duration.ofSeconds(5).toNanos();

  /** Hears that the store is away, and that it is back. */
  @FunctionalInterface
  public interface Listener {
    void store(boolean away);
  }

  private final SharedStore store;
  private final Duration patience;
  private final Supplier<String> reservations;
  private final Ticker ticker;
  private final Listener listener;
  private final Settlements settlements;
  private final ConcurrentMap<Counter, Lease> leases = new ConcurrentHashMap<>();
  private final AtomicBoolean away = new AtomicBoolean(true);
  private volatile int replicas = 1;
  private volatile long beating;
  private volatile boolean underWay;

  /**
   * Counts as away until the first {@link #beat} was answered.
   *
   * @param reservations makes names that are never the same in this replica
   * @param patience how long a call waits for the store
   */
  public SharedTill(
      SharedStore store,
      Supplier<String> reservations,
      Ticker ticker,
      Listener listener,
      Duration patience) {
    this.patience = patience;
    this.store = store;
    this.reservations = reservations;
    this.ticker = ticker;
    this.listener = listener;
    this.settlements = new Settlements(store);
  }

  /** Whether the store is away, and this replica counts for itself. */
  public boolean degraded() {
    return away.get();
  }

  /** Replicas that were last seen in the store, this one included; at least 1. */
  public int replicas() {
    return replicas;
  }

  /** Counters of which this replica holds shares. */
  public int leases() {
    return leases.size();
  }

  @Override
  CompletionStage<List<Taken>> take(List<Ask> asks, Moment now) {
    if (asks.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    if (away.get()) {
      return degraded(asks, now);
    }
    SharedTake take = new SharedTake(reservations.get());
    for (Ask ask : asks) {
      // what is given back at the end of each call is no share to hold
      if (ask.budget().spec().exact() || ask.budget().spec().window() instanceof Window.Open) {
        take.exact(ask);
      } else {
        leased(take, ask, now.nanos());
      }
    }
    if (take.refused()) {
      take.abandon();
      return CompletableFuture.completedFuture(take.known());
    }
    List<Need> needs = take.needs();
    return needs.isEmpty()
        ? CompletableFuture.completedFuture(take.known())
        : asked(take, needs, asks, now);
  }

  private void leased(SharedTake take, Ask ask, long nanos) {
    Counter counter = SharedTake.counter(ask);
    while (true) {
      Lease lease = leases.get(counter);
      if (lease == null) {
        if (leases.size() >= MOST_LEASES) {
          take.exact(ask);
          return;
        }
        lease = leases.computeIfAbsent(counter, key -> new Lease(key, nanos));
      }
      Optional<Lease.Grab> grab =
          lease.grab(nanos, ask.budget().spec().limit(), ask.binding(), ask.amount());
      if (grab.isPresent()) {
        take.leased(ask, lease, grab.get());
        return;
      }
      leases.remove(counter, lease);
    }
  }

  private CompletionStage<List<Taken>> asked(
      SharedTake take, List<Need> needs, List<Ask> asks, Moment now) {
    CompletableFuture<List<Taken>> taken = new CompletableFuture<>();
    AtomicBoolean settled = new AtomicBoolean();
    store
        .take(take.reservation(), needs)
        .whenComplete((standings, failure) -> {
          boolean first = settled.compareAndSet(false, true);
          if (failure != null) {
            take.failed(settlements);
            lost();
            if (first) {
              pass(degraded(asks, now), taken);
            }
          } else if (first) {
            taken.complete(take.answered(standings, ticker.nanos(), settlements));
          } else {
            take.late(standings, ticker.nanos(), settlements);
          }
        });
    if (!settled.get()) {
      store.later(
          patience,
          () -> {
            if (settled.compareAndSet(false, true)) {
              lost();
              pass(degraded(asks, now), taken);
            }
          });
    }
    return taken;
  }

  private static <T> void pass(CompletionStage<T> from, CompletableFuture<T> to) {
    from.whenComplete((value, failure) -> {
      if (failure != null) {
        to.completeExceptionally(failure);
      } else {
        to.complete(value);
      }
    });
  }

  private CompletionStage<List<Taken>> degraded(List<Ask> asks, Moment now) {
    Optional<Ask> hard =
        asks.stream().filter(ask -> ask.binding() && ask.budget().spec().hard()).findFirst();
    return hard.isPresent()
        ? CompletableFuture.failedFuture(
            new Refused(new Refusal.CountersLost(hard.get().budget().spec().name(), SOON)))
        : CompletableFuture.completedFuture(LocalTill.taken(asks, now, Share.among(replicas)));
  }

  private void lost() {
    if (away.compareAndSet(false, true)) {
      listener.store(true);
    }
  }

  /**
   * Tells the store that this replica is alive and what became of its shares, and finds out whether
   * the store is there. To be called every half second, on one event loop.
   */
  public void beat() {
    long begun = ticker.nanos();
    if (underWay && begun - beating < LOST_NANOS) {
      return;
    }
    underWay = true;
    beating = begun;
    store
        .beat()
        .whenComplete((alive, failure) -> {
          if (beating != begun) {
            return;
          }
          underWay = false;
          if (failure == null && ticker.nanos() - begun <= patience.toNanos()) {
            replicas = Math.max(1, alive);
            found();
          } else {
            lost();
          }
        });
    store.later(
        patience,
        () -> {
          if (underWay && beating == begun) {
            lost();
          }
        });
  }

  private void found() {
    settlements.retry();
    tell(news(false));
    if (away.compareAndSet(true, false)) {
      listener.store(false);
    }
  }

  private record News(Lease lease, Need need) {}

  private List<News> news(boolean last) {
    long now = ticker.nanos();
    List<News> news = new ArrayList<>();
    leases.forEach((counter, lease) -> {
      (last ? lease.farewell() : lease.news(now))
          .ifPresent(need -> news.add(new News(lease, need)));
      if (lease.over()) {
        leases.remove(counter, lease);
      }
    });
    return news;
  }

  private List<CompletionStage<?>> tell(List<News> news) {
    List<CompletionStage<?>> told = new ArrayList<>();
    for (int from = 0; from < news.size(); from += AT_ONCE) {
      List<News> some = news.subList(from, Math.min(news.size(), from + AT_ONCE));
      told.add(
          store
              .take("", some.stream().map(News::need).toList())
              .whenComplete((standings, failure) -> {
                if (failure == null) {
                  heard(some, standings);
                }
              }));
    }
    return told;
  }

  private void heard(List<News> news, List<Standing> standings) {
    for (int i = 0; i < news.size(); i++) {
      news.get(i).lease().heardOf(standings.get(i), ticker.nanos());
    }
  }

  /** Gives back all shares: this replica takes no more calls. Completes when the store has them. */
  public CompletionStage<Void> end() {
    return CompletableFuture.allOf(
        tell(news(true)).stream()
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new));
  }
}
