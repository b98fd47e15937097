package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.exchange.Reply;
import dev.turnpike.protocol.mcp.bridge.pool.Bus;
import dev.turnpike.protocol.mcp.bridge.pool.CallerSubscription;
import dev.turnpike.rpc.RpcId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One subscription of a modern caller, fed by several upstreams; the loss of one does not end it.
 * On the thread of the exchange, but for what it is told.
 */
final class FederatedSubscription {
  private final CallerSubscription told;
  private final Set<String> lists;
  private final Map<String, Entry> uris;
  private final List<Feeds.Feed> feeds = new ArrayList<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private @Nullable Executor loop;

  /**
   * @param lists whose changes are wanted and can be told
   * @param uris that are wanted and can be told, as they are shown
   */
  FederatedSubscription(RpcId id, Set<String> lists, Map<String, Entry> uris) {
    this.told = new CallerSubscription(id);
    this.lists = lists;
    this.uris = uris;
  }

  CompletionStage<?> over() {
    return over;
  }

  void begin(Reply reply, Executor home) {
    loop = home;
    told.open(reply);
    reply.onGone(this::end);
    told.acknowledge(lists, uris.keySet());
  }

  /** What is wanted of that upstream, and who hears it. */
  Feeds.Wanted of(String upstream) {
    Map<String, String> shownAs = new LinkedHashMap<>();
    uris.forEach((shown, entry) -> {
      if (entry.upstream().equals(upstream)) {
        shownAs.put(
            entry.kind() == ListKind.RESOURCES
                ? entry.name()
                : entry.wrapped() ? Wrapped.inside(upstream, shown).orElse(shown) : shown,
            shown);
      }
    });
    Bus.Listener listener = (name, uri) -> heard(name, uri.map(u -> shownAs.getOrDefault(u, "")));
    return new Feeds.Wanted(new TreeSet<>(shownAs.keySet()), !lists.isEmpty(), listener);
  }

  void fedBy(Feeds.Feed feed) {
    feeds.add(feed);
    if (over.isDone()) {
      feed.close();
    }
  }

  /** The caller is shown other targets from now on. */
  void relisted(String name) {
    heard(name, Optional.empty());
  }

  private void heard(String name, Optional<String> uri) {
    Executor home = loop;
    if (home == null) {
      return;
    }
    home.execute(() -> {
      if (name.equals("notifications/resources/updated")) {
        uri.filter(uris::containsKey).ifPresent(known -> told.tell(name, Optional.of(known)));
      } else if (lists.stream()
          .anyMatch(l -> name.equals("notifications/" + l + "/list_changed"))) {
        told.tell(name, Optional.empty());
      }
    });
  }

  /** In good order: with its result. */
  void retire() {
    told.end();
    end();
  }

  private void end() {
    feeds.forEach(Feeds.Feed::close);
    over.complete(null);
  }
}
