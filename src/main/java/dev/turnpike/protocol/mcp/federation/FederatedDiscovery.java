package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** {@code server/discover} of an endpoint with several upstreams. */
final class FederatedDiscovery extends AtFront {
  private final Set<String> extensions;

  /**
   * @param extensions that are told of, where there are upstreams that have them
   */
  FederatedDiscovery(
      Asked asked, Call call, Endpoint endpoint, Showing showing, Set<String> extensions) {
    super(asked, call, Era.MODERN, endpoint, showing);
    this.extensions = extensions;
  }

  @Override
  Course course(Merged merged, Visibility visibility) {
    FederatedServer server = FederatedServer.of(endpoint(), merged);
    return new Course.Home(reply -> reply.answer(200, Words.JSON, discovered(server, merged)));
  }

  private Payload discovered(FederatedServer server, Merged merged) {
    Map<String, Object> capabilities = new LinkedHashMap<>(server.capabilities());
    capabilities.putAll(FederatedServer.extensions(merged, extensions));
    return Payload.of(
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + asked().id().orElseThrow().lexeme()
            + ",\"result\":{\"resultType\":\"complete\",\"supportedVersions\":"
            + JsonValue.write(Revisions.MODERN_ALL)
            + ",\"capabilities\":"
            + JsonValue.write(capabilities)
            + server
                .instructions()
                .map(text -> ",\"instructions\":" + JsonText.quote(text))
                .orElse("")
            + ",\"ttlMs\":"
            + merged.holds().toMillis()
            + ",\"cacheScope\":\"private\",\"_meta\":{"
            + JsonText.quote(Words.META_SERVER)
            + ":"
            + server.info()
            + "}}}");
  }
}
