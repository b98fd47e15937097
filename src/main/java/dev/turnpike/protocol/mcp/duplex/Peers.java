package dev.turnpike.protocol.mcp.duplex;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.upstream.Channel;
import dev.turnpike.upstream.UpstreamFailed;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The peers of one upstream that there are now: those of callers, begun when they are needed and
 * ended when nobody has needed them for a while, and those of sessions, which end with these.
 * Thread-safe.
 */
final class Peers {
  private static final long IDLE_NANOS = Duration.ofMinutes(10).toNanos();
  private static final long UNUSED_NANOS = Duration.ofMinutes(1).toNanos();

  private final Channel.Opener opener;
  private final boolean shared;
  private final int most;
  private final Ticker ticker;
  private final Map<Optional<Caller>, Peer> ofCallers = new HashMap<>();
  private final Map<Peer, Life> lives = new HashMap<>();
  private final Map<Optional<Caller>, Patience> patience = new HashMap<>();
  private final Set<CompletableFuture<?>> leaving = new HashSet<>();
  private boolean over;

  /** What is known of a peer besides itself. */
  private static final class Life {
    private final Patience patience;
    private final long begunNanos;
    private long usedNanos;
    private Consumer<Peer> gone;
    private boolean ending;

    private Life(Patience patience, long nowNanos, Consumer<Peer> gone) {
      this.patience = patience;
      this.begunNanos = nowNanos;
      this.usedNanos = nowNanos;
      this.gone = gone;
    }
  }

  /**
   * @param shared whether a peer is there for several callers
   * @param most peers at once
   */
  Peers(Channel.Opener opener, boolean shared, int most, Ticker ticker) {
    this.opener = opener;
    this.shared = shared;
    this.most = most;
    this.ticker = ticker;
  }

  /** The peer of that caller; begun where there is none. */
  synchronized Peer of(Optional<Caller> caller) throws UpstreamFailed {
    Peer there = ofCallers.get(caller);
    Life life = there == null ? null : lives.get(there);
    if (there != null && life != null && !there.over()) {
      life.usedNanos = ticker.nanos();
      return there;
    }
    Peer begun = begin(caller, peer -> forget(caller, peer));
    ofCallers.put(caller, begun);
    return begun;
  }

  /**
   * A peer for sessions alone: one that was only asked what it is, else a new one.
   *
   * @param gone told when it has ended, on any thread
   */
  synchronized Peer fresh(Optional<Caller> caller, Consumer<Peer> gone) throws UpstreamFailed {
    Peer probed = ofCallers.get(Optional.<Caller>empty());
    Life life = probed == null ? null : lives.get(probed);
    if (probed != null && life != null && probed.unused() && probed.idle()) {
      ofCallers.remove(Optional.<Caller>empty());
      life.gone = gone;
      return probed;
    }
    return begin(caller, gone);
  }

  private Peer begin(Optional<Caller> caller, Consumer<Peer> gone) throws UpstreamFailed {
    if (over) {
      throw new UpstreamFailed(UpstreamFailed.Kind.UNREACHABLE, "is not served any more");
    }
    Patience patient = patience.computeIfAbsent(caller, _ -> new Patience(ticker));
    Optional<UpstreamFailed> notNow = patient.notNow();
    if (notNow.isPresent()) {
      throw notNow.get();
    }
    if (lives.size() >= most && !dropOldest()) {
      throw new UpstreamFailed(
          UpstreamFailed.Kind.SHED, "has all the processes or connections that it may have");
    }
    Peer peer = new Peer(opener, shared, this::gone, this::end);
    lives.put(peer, new Life(patient, ticker.nanos(), gone));
    if (peer.over()) {
      // over before it was noted: nobody says so again
      lives.remove(peer);
    }
    return peer;
  }

  // waits for whoever is just putting it on the list
  private void gone(Peer ended, UpstreamFailed why) {
    Consumer<Peer> told;
    synchronized (this) {
      Life life = lives.remove(ended);
      if (life == null) {
        return;
      }
      // what was never there did not die, and is cheap to try again
      if (!life.ending && why.kind() != UpstreamFailed.Kind.UNREACHABLE) {
        life.patience.died(life.begunNanos);
      }
      told = life.gone;
    }
    told.accept(ended);
  }

  private synchronized void forget(Optional<Caller> caller, Peer peer) {
    ofCallers.remove(caller, peer);
  }

  private synchronized void left(CompletableFuture<?> ended) {
    leaving.remove(ended);
  }

  private boolean dropOldest() {
    if (leaving.size() >= most) {
      return false;
    }
    Optional<Map.Entry<Optional<Caller>, Peer>> oldest =
        ofCallers.entrySet().stream()
            .filter(entry -> entry.getValue().idle())
            .min(Comparator.comparingLong(entry -> usedNanos(entry.getValue())));
    oldest.ifPresent(entry -> {
      ofCallers.remove(entry.getKey());
      // its place is free at once: it is on its way out
      Peer peer = entry.getValue();
      lives.remove(peer);
      CompletableFuture<?> ended = peer.close().toCompletableFuture();
      leaving.add(ended);
      ended.whenComplete((_, _) -> left(ended));
    });
    return oldest.isPresent();
  }

  private long usedNanos(Peer peer) {
    Life life = lives.get(peer);
    return life == null ? ticker.nanos() : life.usedNanos;
  }

  /** Ends it in good order; completes when nothing of it is left. */
  synchronized CompletionStage<?> end(Peer peer) {
    Life life = lives.get(peer);
    if (life != null) {
      life.ending = true;
    }
    return peer.close();
  }

  synchronized void sweep() {
    long now = ticker.nanos();
    patience.values().removeIf(Patience::over);
    ofCallers
        .entrySet()
        .removeIf(entry -> {
          Peer peer = entry.getValue();
          long allowed = peer.unused() ? UNUSED_NANOS : IDLE_NANOS;
          boolean stale = peer.idle() && now - usedNanos(peer) > allowed;
          if (stale) {
            end(peer);
          }
          return stale;
        });
  }

  /** Ends them all; completes when nothing of them is left. */
  synchronized CompletionStage<?> close() {
    over = true;
    ofCallers.clear();
    return CompletableFuture.allOf(
        Stream.concat(
                List.copyOf(lives.keySet()).stream().map(peer -> end(peer).toCompletableFuture()),
                List.copyOf(leaving).stream())
            .toArray(CompletableFuture[]::new));
  }
}
