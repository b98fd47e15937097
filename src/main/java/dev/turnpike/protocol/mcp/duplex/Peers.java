package dev.turnpike.protocol.mcp.duplex;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.upstream.Channel;
import dev.turnpike.upstream.UpstreamFailed;
import java.time.Duration;
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
  // to ask what an upstream is, and what it has
  private static final int MOST_OWN = 2;
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
    private Optional<Caller> owner;
    private final long begunNanos;
    private Consumer<Peer> gone;

    private Life(Patience patience, Optional<Caller> owner, long nowNanos, Consumer<Peer> gone) {
      this.patience = patience;
      this.owner = owner;
      this.begunNanos = nowNanos;
      this.gone = gone;
    }
  }

  /**
   * @param shared whether a peer is there for several callers
   * @param most peers at once; one more takes the place of the one that is needed least
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
    if (there != null && lives.containsKey(there) && !there.over()) {
      there.promise();
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
    if (probed != null
        && life != null
        && probed.unused()
        && probed.idle()
        && (isOwn(caller) || roomFor(caller))) {
      ofCallers.remove(Optional.<Caller>empty());
      life.gone = gone;
      life.owner = caller;
      probed.promise();
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
    // those on their way out are soon gone, but not all at once
    if (crowded(caller) || !roomFor(caller)) {
      throw new UpstreamFailed(
          UpstreamFailed.Kind.SHED, "has all the processes or connections that it may have");
    }
    Peer peer = new Peer(opener, shared, ticker, this::gone, this::end);
    peer.promise();
    lives.put(peer, new Life(patient, caller, ticker.nanos(), gone));
    if (peer.over()) {
      // over before it was noted: nobody says so again
      gone(peer, new UpstreamFailed(UpstreamFailed.Kind.UNREACHABLE, "has ended"));
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
      if (why.kind() != UpstreamFailed.Kind.UNREACHABLE) {
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

  private boolean crowded(Optional<Caller> caller) {
    return isOwn(caller)
        ? leaving.size() >= 2 * most + MOST_OWN
        : ofOwners(false) + leaving.size() >= 2L * most;
  }

  private long ofOwners(boolean own) {
    return lives.values().stream().filter(life -> isOwn(life.owner) == own).count();
  }

  /** Whether it is Turnpike's own, which takes no place from callers. */
  private boolean isOwn(Optional<Caller> owner) {
    return !shared && owner.isEmpty();
  }

  private boolean roomFor(Optional<Caller> caller) {
    boolean own = isOwn(caller);
    return ofOwners(own) < (own ? MOST_OWN : most) || madeRoom(caller);
  }

  private boolean madeRoom(Optional<Caller> wanting) {
    Optional<Peer> least =
        Places.leastNeeded(
            lives.entrySet().stream()
                .filter(entry -> isOwn(entry.getValue().owner) == isOwn(wanting))
                .map(entry ->
                    new Places.Held(
                        entry.getKey(),
                        entry.getValue().owner,
                        isOwn(wanting) || ofCallers.containsValue(entry.getKey())))
                .toList(),
            wanting,
            ticker.nanos());
    least.ifPresent(this::end);
    return least.isPresent();
  }

  /** Ends it in good order, and frees its place at once; completes when nothing of it is left. */
  synchronized CompletionStage<?> end(Peer peer) {
    Life life = lives.remove(peer);
    CompletableFuture<?> ended = peer.close().toCompletableFuture();
    if (life != null) {
      life.gone.accept(peer);
      leaving.add(ended);
      ended.whenComplete((_, _) -> left(ended));
    }
    return ended;
  }

  synchronized void sweep() {
    long now = ticker.nanos();
    patience.values().removeIf(Patience::over);
    ofCallers.values().stream()
        .filter(peer ->
            peer.idle() && now - peer.usedNanos() > (peer.unused() ? UNUSED_NANOS : IDLE_NANOS))
        .toList()
        .forEach(this::end);
    List.copyOf(lives.keySet()).forEach(Peer::prod);
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
