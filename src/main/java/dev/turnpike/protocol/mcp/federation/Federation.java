package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Ticker;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.ClientCapabilities;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.Method;
import dev.turnpike.protocol.mcp.Natures;
import dev.turnpike.protocol.mcp.bridge.pool.Pool;
import dev.turnpike.protocol.mcp.bridge.tomodern.ToModern;
import dev.turnpike.protocol.mcp.legacy.LegacyFederation;
import dev.turnpike.protocol.mcp.modern.EitherEra;
import dev.turnpike.protocol.mcp.modern.ModernFederation;
import dev.turnpike.protocol.mcp.modern.Tools;
import dev.turnpike.rpc.Payload;
import dev.turnpike.seal.KeyRing;
import dev.turnpike.seal.Seal;
import dev.turnpike.session.Conversation;
import dev.turnpike.session.Session;
import dev.turnpike.session.Sessions;
import dev.turnpike.upstream.Upstreams;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Serves endpoints with several upstreams. Thread-safe. */
public final class Federation implements ModernFederation, LegacyFederation {
  private static final int PAGE = 1_000;
  private static final Payload ROOTS_CHANGED =
      Payload.of("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/roots/list_changed\"}");

  private final Natures natures;
  private final Pool pool;
  private final Sessions sessions;
  private final ToModern toModern;
  private final SessionWatches watches;
  private final Feeds feeds;
  private final Arrivals arrivals = new Arrivals();
  private final Storefront front;
  private final Cursors cursors;

  /**
   * @param random a source that cannot be predicted, safe for use by several threads
   */
  public Federation(
      Natures natures,
      Tools tools,
      Pool pool,
      Sessions sessions,
      ToModern toModern,
      Supplier<KeyRing> keys,
      FederationListener listener,
      Ticker ticker,
      RandomGenerator random) {
    this.natures = natures;
    this.pool = pool;
    this.sessions = sessions;
    this.toModern = toModern;
    this.watches = new SessionWatches(pool);
    this.feeds = new Feeds(natures, pool, tools);
    Offers offers =
        new Offers(new Inventory(natures, pool, tools, toModern::tool), listener, arrivals, ticker);
    this.front = new Storefront(offers, listener, random.nextLong(Long.MAX_VALUE / 2));
    tools.whenChanged(offers::forget);
    this.cursors = new Cursors(new Seal("cursor", keys, random));
  }

  @Override
  public void rootsChanged(Session session) {
    pool.tell(session.id(), ROOTS_CHANGED);
  }

  @Override
  public Dialogue request(
      Asked asked, Method method, Call call, Caller caller, Endpoint endpoint, Onward onward)
      throws Refused {
    ClientCapabilities.bounded(asked, Asked.META_CAPABILITIES);
    Showing showing = showing(ClientCapabilities.declared(asked));
    Optional<ListKind> list = ListKind.of(method);
    if (list.isPresent()) {
      return new FederatedList(asked, call, Era.MODERN, list.get(), caller, endpoint, showing);
    }
    if (method.name().equals("server/discover")) {
      return discovery(asked, call, endpoint, Set.of());
    }
    if (method.name().equals("subscriptions/listen")) {
      return new FederatedListen(asked, call, caller, endpoint, showing, feeds, arrivals);
    }
    return new FederatedCall(asked, call, method, Era.MODERN, endpoint, showing, onward::to);
  }

  @Override
  public Dialogue discovery(Asked asked, Call call, Endpoint endpoint, Set<String> extensions)
      throws Refused {
    ClientCapabilities.bounded(asked, Asked.META_CAPABILITIES);
    return new FederatedDiscovery(
        asked, call, endpoint, showing(ClientCapabilities.declared(asked)), extensions);
  }

  /**
   * All that there is to call at the endpoint, for callers that declare no capabilities. Called on
   * an event loop; never fails.
   */
  public CompletableFuture<EndpointCatalog> catalog(Endpoint endpoint, Upstreams upstreams) {
    return front
        .now(endpoint, upstreams, "{}")
        .thenApply(merged -> EndpointCatalog.of(endpoint, merged));
  }

  private Showing showing(String profile) {
    return new Showing(front, cursors, PAGE, ClientCapabilities.essentials(profile));
  }

  @Override
  public Dialogue opening(Asked asked, String revision, Caller caller, Endpoint endpoint)
      throws Refused {
    ClientCapabilities.bounded(asked, Asked.CAPABILITIES, Asked.CLIENT);
    Showing showing = showing(ClientCapabilities.modern(asked, revision));
    return new FederatedOpening(asked, revision, caller, endpoint, showing, sessions, pool);
  }

  @Override
  public Dialogue request(
      Asked asked, Method method, Call call, Endpoint endpoint, Session session, Conversation kept)
      throws Refused {
    Showing showing = showing(kept.capabilities());
    Optional<ListKind> list = ListKind.of(method);
    if (list.isPresent()) {
      return new FederatedList(
          asked, call, Era.LEGACY, list.get(), session.caller(), endpoint, showing);
    }
    if (method.aim() == Method.Aim.NOTHING) {
      // pings and log levels are between the caller and us
      return toModern.request(asked, method, call, endpoint.upstream(), session, kept);
    }
    return new FederatedCall(
        asked,
        call,
        method,
        Era.LEGACY,
        endpoint,
        showing,
        (renamed, there, upstream) ->
            new EitherEra(
                natures,
                toModern.request(renamed, method, there, upstream, session, kept),
                legacy(renamed, asked, there, upstream, session, kept)));
  }

  private Dialogue legacy(
      Asked asked, Asked said, Call call, String upstream, Session session, Conversation kept) {
    boolean wanted = call.method().equals("resources/subscribe");
    String there = asked.text(Asked.URI).orElse("");
    String shown = said.text(Asked.URI).orElse("");
    if (wanted && !there.equals(shown)) {
      toModern.shownAs(session, kept, upstream, there, shown);
    }
    return wanted || call.method().equals("resources/unsubscribe")
        ? new SessionSubscribing(
            asked, call, upstream, shown, watches.of(session, kept, upstream), wanted)
        : new SessionCall(asked, call, upstream, session, kept, pool);
  }

  @Override
  public Dialogue listening(Call call, Endpoint endpoint, Session session, Conversation kept) {
    return new FederatedStream(call, endpoint, session, kept, natures, toModern, watches, arrivals);
  }
}
