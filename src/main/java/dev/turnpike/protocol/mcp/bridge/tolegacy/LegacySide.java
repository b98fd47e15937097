package dev.turnpike.protocol.mcp.bridge.tolegacy;

import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.ClientCapabilities;
import dev.turnpike.protocol.mcp.modern.Tools;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.upstream.Upstream;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** What the adapters towards legacy upstreams share. */
record LegacySide(Pool pool, Tools tools, Continuations continuations) {
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
    return pool.session(upstream, caller, capabilities(asked));
  }

  /** The capabilities that a request says its caller has, in one spelling, as JSON. */
  static String capabilities(Asked asked) {
    Map<String, Object> declared = new TreeMap<>();
    if (asked.scan().type(Asked.META_CAPABILITIES) == JsonType.OBJECT
        && JsonValue.read(asked.scan().part(Asked.META_CAPABILITIES)) instanceof Map<?, ?> all) {
      all.forEach((name, value) -> declared.put(String.valueOf(name), value));
    }
    // extensions run in the experimental lane, and this is the stable one
    declared.remove("extensions");
    return JsonValue.write(declared);
  }
}
