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
import dev.turnpike.protocol.mcp.modern.ModernFederation;
import dev.turnpike.protocol.mcp.modern.Tools;
import dev.turnpike.seal.KeyRing;
import dev.turnpike.seal.Seal;
import dev.turnpike.upstream.Upstream;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Serves endpoints with several upstreams. Thread-safe. */
public final class Federation implements ModernFederation {
  private static final int PAGE = 1_000;

  private final Offers offers;
  private final Storefront front;
  private final Cursors cursors;

  /**
   * @param random a source that cannot be predicted, safe for use by several threads
   */
  public Federation(
      Natures natures,
      Tools tools,
      Pool pool,
      Supplier<KeyRing> keys,
      FederationListener listener,
      Ticker ticker,
      RandomGenerator random) {
    this.offers = new Offers(new Inventory(natures, pool, tools), listener, ticker);
    this.front = new Storefront(offers);
    this.cursors = new Cursors(new Seal("cursor", keys, random));
  }

  @Override
  public Dialogue request(
      Asked asked, Method method, Call call, Caller caller, Endpoint endpoint, Onward onward)
      throws Refused {
    ClientCapabilities.bounded(asked, Asked.META_CAPABILITIES);
    Showing showing = new Showing(front, cursors, PAGE, ClientCapabilities.declared(asked));
    Optional<ListKind> list = ListKind.of(method);
    if (list.isPresent()) {
      return new FederatedList(asked, call, Era.MODERN, list.get(), caller, endpoint, showing);
    }
    if (method.name().equals("server/discover")) {
      return new FederatedDiscovery(asked, call, endpoint, showing);
    }
    return new FederatedCall(asked, call, method, Era.MODERN, endpoint, showing, onward::to);
  }

  /** What the upstream offers has changed. */
  public void changed(Upstream upstream) {
    offers.forget(upstream);
  }
}
