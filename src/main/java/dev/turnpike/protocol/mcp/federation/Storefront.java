package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.upstream.Upstreams;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What each endpoint shows, to callers of each set of capabilities. Earlier states are kept for a
 * while, so that who is turning pages sees one of them from beginning to end. Thread-safe.
 */
final class Storefront {
  private static final int MOST_WINDOWS = 256;
  private static final int KEPT = 8;

  private record Key(Endpoint endpoint, String profile) {}

  private final Map<Key, Deque<Merged>> windows =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Deque<Merged>> eldest) {
          return size() > MOST_WINDOWS;
        }
      };
  private final Offers offers;
  private final FederationListener listener;
  private long generations;

  /**
   * @param firstGeneration other in each process: a cursor of one means nothing to another
   */
  Storefront(Offers offers, FederationListener listener, long firstGeneration) {
    this.offers = offers;
    this.listener = listener;
    this.generations = firstGeneration;
  }

  /**
   * What is shown now. Completes on the event loop that this is called on; never fails.
   *
   * @param profile the caller's capabilities, as JSON
   */
  CompletableFuture<Merged> now(Endpoint endpoint, Upstreams upstreams, String profile) {
    List<CompletableFuture<Offers.Known>> asked = new ArrayList<>(endpoint.upstreams().size());
    boolean known = true;
    for (String name : endpoint.upstreams()) {
      CompletableFuture<Offers.Known> one = offers.of(upstreams.named(name), profile);
      known &= one.isDone();
      asked.add(one);
    }
    Key key = new Key(endpoint, profile);
    return known
        ? CompletableFuture.completedFuture(merged(key, all(asked)))
        : CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
            .thenApply(_ -> merged(key, all(asked)));
  }

  private static List<Offers.Known> all(List<CompletableFuture<Offers.Known>> done) {
    List<Offers.Known> all = new ArrayList<>(done.size());
    for (CompletableFuture<Offers.Known> one : done) {
      all.add(one.join());
    }
    return all;
  }

  private synchronized Merged merged(Key key, List<Offers.Known> known) {
    Deque<Merged> states = windows.computeIfAbsent(key, _ -> new ArrayDeque<>());
    Merged newest = states.peekFirst();
    if (newest != null && newest.isOf(known)) {
      return newest;
    }
    Map<String, Offers.Known> from = new LinkedHashMap<>();
    for (int i = 0; i < known.size(); i++) {
      from.put(key.endpoint().upstreams().get(i), known.get(i));
    }
    Merged merged = Merged.of(++generations, from, key.endpoint());
    List<String> alike = merged.alike();
    if (!alike.isEmpty() && (newest == null || !alike.equals(newest.alike()))) {
      listener.alike(key.endpoint().name(), alike);
    }
    List<String> unfit = merged.unfit();
    if (!unfit.isEmpty() && (newest == null || !unfit.equals(newest.unfit()))) {
      listener.unfit(key.endpoint().name(), unfit);
    }
    states.addFirst(merged);
    if (states.size() > KEPT) {
      states.removeLast();
    }
    return merged;
  }

  /** What was shown last; empty where nothing was. */
  synchronized Optional<Merged> last(Endpoint endpoint, String profile) {
    return Optional.ofNullable(windows.get(new Key(endpoint, profile))).map(Deque::peekFirst);
  }

  /** An earlier state, if it is still there. */
  synchronized Optional<Merged> earlier(Endpoint endpoint, String profile, long generation) {
    return Optional.ofNullable(windows.get(new Key(endpoint, profile))).stream()
        .flatMap(Deque::stream)
        .filter(state -> state.generation() == generation)
        .findFirst();
  }
}
