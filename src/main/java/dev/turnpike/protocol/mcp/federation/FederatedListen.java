package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Target;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.Relisted;
import dev.turnpike.protocol.mcp.Uris;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.upstream.Upstream;
import dev.turnpike.upstream.Upstreams;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** {@code subscriptions/listen} at an endpoint with several upstreams. */
final class FederatedListen extends AtFront {
  private static final int MOST_URIS = 1_000;

  private final Caller caller;
  private final Feeds feeds;
  private final Arrivals arrivals;
  private final Map<String, Upstream> upstreams = new LinkedHashMap<>();

  FederatedListen(
      Asked asked,
      Call call,
      Caller caller,
      Endpoint endpoint,
      Showing showing,
      Feeds feeds,
      Arrivals arrivals) {
    super(asked, call, Era.MODERN, endpoint, showing);
    this.caller = caller;
    this.feeds = feeds;
    this.arrivals = arrivals;
  }

  @Override
  public CompletionStage<Upstream> find(Upstreams all) {
    endpoint().upstreams().forEach(name -> upstreams.put(name, all.named(name)));
    return super.find(all);
  }

  @Override
  Course course(Merged merged, Visibility visibility) {
    FederatedSubscription subscription =
        new FederatedSubscription(
            asked().id().orElseThrow(), lists(merged), uris(merged, visibility));
    Upstream first = upstreams.getOrDefault(endpoint().upstream(), null);
    if (first == null) {
      throw new IllegalStateException("nothing was found");
    }
    return new Course.Held(
        reply -> {
          subscription.begin(reply, first.here());
          upstreams.forEach((name, upstream) -> feed(subscription, name, upstream));
        },
        subscription.over(),
        subscription::retire,
        kinds -> Relisted.notices(kinds).forEach(subscription::relisted));
  }

  private void feed(FederatedSubscription subscription, String name, Upstream upstream) {
    Feeds.Wanted wanted = subscription.of(name);
    subscription.fedBy(feeds.open(upstream, caller, asked(), wanted));
    if (wanted.lists()) {
      arrivals.add(upstream, wanted.listener());
      subscription.over().thenRun(() -> arrivals.remove(upstream, wanted.listener()));
    }
  }

  private Map<?, ?> filter() {
    return asked().scan().type(Asked.FILTER) == JsonType.OBJECT
            && JsonValue.read(asked().scan().part(Asked.FILTER)) instanceof Map<?, ?> read
        ? read
        : Map.of();
  }

  // what they can tell decides, not whether they are quick to say so
  private Set<String> lists(Merged merged) {
    Set<String> lists = new LinkedHashSet<>();
    Map<String, Object> can = FederatedServer.of(endpoint(), merged).capabilities();
    for (String list : List.of("tools", "prompts", "resources")) {
      if (Boolean.TRUE.equals(filter().get(list + "ListChanged"))
          && can.get(list) instanceof Map<?, ?> how
          && Boolean.TRUE.equals(how.get("listChanged"))) {
        lists.add(list);
      }
    }
    return lists;
  }

  private Map<String, Entry> uris(Merged merged, Visibility visibility) {
    Map<String, Entry> uris = new LinkedHashMap<>();
    if (filter().get("resourceSubscriptions") instanceof List<?> wanted) {
      wanted.stream()
          .map(String::valueOf)
          .filter(Uris::plain)
          .distinct()
          .limit(MOST_URIS)
          .forEach(uri ->
              merged
                  .owner(uri)
                  .filter(entry -> tells(merged, entry))
                  .filter(entry ->
                      visibility.shows(new Target(Target.Kind.RESOURCE, uri), entry.upstream())
                          && visibility.shows(
                              new Target(
                                  Target.Kind.RESOURCE,
                                  entry.wrapped()
                                      ? Wrapped.inside(entry.upstream(), uri).orElse(uri)
                                      : uri),
                              entry.upstream()))
                  .ifPresent(entry -> uris.put(uri, entry)));
    }
    return uris;
  }

  private static boolean tells(Merged merged, Entry entry) {
    Offers.Known known = merged.from().get(entry.upstream());
    return known != null
        && known
            .offer()
            .filter(offer ->
                offer.capabilities().get("resources") instanceof Map<?, ?> how
                    && Boolean.TRUE.equals(how.get("subscribe")))
            .isPresent();
  }
}
