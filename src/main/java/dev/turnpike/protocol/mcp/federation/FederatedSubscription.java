package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.exchange.Reply;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.protocol.mcp.bridge.pool.Bus;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
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
  private final RpcId id;
  private final Set<String> lists;
  private final Map<String, Entry> uris;
  private final List<Feeds.Feed> feeds = new ArrayList<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private @Nullable Executor loop;
  private Reply.@Nullable EventSink sink;

  /**
   * @param lists whose changes are wanted and can be told
   * @param uris that are wanted and can be told, as they are shown
   */
  FederatedSubscription(RpcId id, Set<String> lists, Map<String, Entry> uris) {
    this.id = id;
    this.lists = lists;
    this.uris = uris;
  }

  CompletionStage<?> over() {
    return over;
  }

  void begin(Reply reply, Executor home) {
    loop = home;
    sink = reply.stream();
    reply.onGone(this::end);
    Map<String, Object> honoured = new LinkedHashMap<>();
    lists.forEach(list -> honoured.put(list + "ListChanged", true));
    if (!uris.isEmpty()) {
      honoured.put("resourceSubscriptions", List.copyOf(uris.keySet()));
    }
    say(
        "notifications/subscriptions/acknowledged",
        "\"notifications\":" + JsonValue.write(honoured) + ",");
  }

  /** What is wanted of that upstream, and who hears it. */
  Feeds.Wanted of(String upstream) {
    Map<String, String> shownAs = new LinkedHashMap<>();
    uris.forEach((shown, entry) -> {
      if (entry.upstream().equals(upstream)) {
        shownAs.put(Wrapped.inside(upstream, shown).orElse(shown), shown);
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

  private void heard(String name, Optional<String> uri) {
    Executor home = loop;
    if (home == null) {
      return;
    }
    home.execute(() -> {
      if (name.equals("notifications/resources/updated")) {
        uri.filter(uris::containsKey)
            .ifPresent(u -> say(name, "\"uri\":" + JsonValue.write(u) + ","));
      } else if (lists.stream()
          .anyMatch(l -> name.equals("notifications/" + l + "/list_changed"))) {
        say(name, "");
      }
    });
  }

  private void say(String name, String params) {
    Reply.EventSink open = sink;
    if (open != null && !open.closed()) {
      open.event(
          "",
          Payload.of(
              "{\"jsonrpc\":\"2.0\",\"method\":"
                  + JsonValue.write(name)
                  + ",\"params\":{"
                  + params
                  + "\"_meta\":"
                  + meta()
                  + "}}"));
    }
  }

  private String meta() {
    return "{\"" + Words.META_SUBSCRIPTION + "\":" + id.lexeme() + "}";
  }

  /** In good order: with its result. */
  void retire() {
    Reply.EventSink open = sink;
    if (open != null && !open.closed()) {
      open.event(
          "",
          Payload.of(
              "{\"jsonrpc\":\"2.0\",\"id\":"
                  + id.lexeme()
                  + ",\"result\":{\"resultType\":\"complete\",\"_meta\":"
                  + meta()
                  + "}}"));
      open.end();
    }
    end();
  }

  private void end() {
    feeds.forEach(Feeds.Feed::close);
    over.complete(null);
  }
}
