package dev.turnpike.protocol.mcp.bridge.tolegacy;

import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.protocol.mcp.bridge.pool.PooledSession;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;

/** {@code server/discover}, answered with what a legacy upstream said when a session was opened. */
final class Description {
  private Description() {}

  static Payload of(PooledSession session, RpcId id) {
    return Payload.of(
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + id.lexeme()
            + ",\"result\":{\"resultType\":\"complete\",\"supportedVersions\":"
            + JsonValue.write(Revisions.MODERN_ALL)
            + ",\"capabilities\":"
            + JsonValue.write(session.capabilities())
            + session
                .instructions()
                .map(text -> ",\"instructions\":" + JsonText.quote(text))
                .orElse("")
            // the session is the caller's own, and what it says may be, too
            + ",\"ttlMs\":0,\"cacheScope\":\"private\",\"_meta\":{"
            + JsonText.quote(Words.META_SERVER)
            + ":"
            + session.info()
            + "}}}");
  }
}
