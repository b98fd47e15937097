package dev.turnpike.protocol.mcp.bridge.tolegacy;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.ClientCapabilities;
import dev.turnpike.protocol.mcp.Natures;
import dev.turnpike.protocol.mcp.bridge.pool.Pool;
import dev.turnpike.protocol.mcp.bridge.pool.PooledSession;
import dev.turnpike.protocol.mcp.modern.Tools;
import dev.turnpike.upstream.Upstream;
import java.util.concurrent.CompletableFuture;

/** What the adapters towards legacy upstreams share. */
record LegacySide(Natures natures, Pool pool, Tools tools, Continuations continuations) {
  /**
   * The session for the request; fails with {@link Refused}, as {@link Pool#session} does, and
   * where the capabilities are too large to be kept.
   */
  CompletableFuture<PooledSession> session(Upstream upstream, Caller caller, Asked asked) {
    try {
      ClientCapabilities.bounded(asked, Asked.META_CAPABILITIES);
    } catch (Refused refused) {
      return CompletableFuture.failedFuture(refused);
    }
    return pool.session(upstream, caller, ClientCapabilities.declared(asked), "");
  }
}
