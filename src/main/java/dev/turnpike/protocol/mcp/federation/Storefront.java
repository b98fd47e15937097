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
    List<CompletableFuture<Offers.Known>> asked = new ArrayList<>();
    for (String name : endpoint.upstreams()) {
      asked.add(offers.of(upstreams.named(name), profile));
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(_ -> {
          Map<String, Offers.Known> known = new LinkedHashMap<>();
          for (int i = 0; i < asked.size(); i++) {
            known.put(endpoint.upstreams().get(i), asked.get(i).join());
          }
          return merged(new Key(endpoint, profile), known);
        });
  }

  private synchronized Merged merged(Key key, Map<String, Offers.Known> known) {
    Deque<Merged> states = windows.computeIfAbsent(key, _ -> new ArrayDeque<>());
    Merged newest = states.peekFirst();
    if (newest != null && newest.isOf(known)) {
      return newest;
    }
    Merged merged = Merged.of(++generations, known, key.endpoint());
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
