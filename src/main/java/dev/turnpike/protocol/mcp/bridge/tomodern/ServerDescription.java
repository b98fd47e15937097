package dev.turnpike.protocol.mcp.bridge.tomodern;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.mcp.Inquiry;
import dev.turnpike.protocol.mcp.ServerCapabilities;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.modern.OwnRequest;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.upstream.Upstream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What a modern upstream says of itself, as a legacy {@code initialize} is answered.
 *
 * @param capabilities those that every legacy revision knows and that can be bridged
 * @param info the upstream's serverInfo, as JSON
 */
record ServerDescription(
    Map<String, Object> capabilities, String info, Optional<String> instructions) {
  /** Asks. Fails with {@link Refused} where there is no description. */
  static CompletableFuture<ServerDescription> of(Upstream upstream) {
    return OwnRequest.ask(upstream, "server/discover", "")
        .thenCompose(reply -> {
          try {
            return CompletableFuture.completedFuture(read(upstream, reply));
          } catch (Refused refused) {
            return CompletableFuture.failedFuture(refused);
          }
        });
  }

  private static ServerDescription read(Upstream upstream, Inquiry.Reply reply) throws Refused {
    if (reply.body().isPresent()) {
      Told told = Told.read(reply.body().get(), upstream.name());
      if (told.message() instanceof RpcMessage.Result
          && told.scan().type(Told.RESULT) == JsonType.OBJECT) {
        return new ServerDescription(
            ServerCapabilities.bridged(told),
            told.scan().type(Told.SERVER_INFO) == JsonType.OBJECT
                ? told.scan().part(Told.SERVER_INFO).text()
                : "{\"name\":" + JsonText.quote(upstream.name()) + ",\"version\":\"\"}",
            told.scan().text(Told.INSTRUCTIONS));
      }
    }
    throw new Refused(
        new Refusal.UpstreamUnavailable(
            upstream.name(), "did not say what it is (status " + reply.status() + ")"));
  }

  /** The answer to {@code initialize}. */
  Payload initialized(RpcId id, String revision) {
    return Payload.of(
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + id.lexeme()
            + ",\"result\":{\"protocolVersion\":"
            + JsonText.quote(revision)
            + ",\"capabilities\":"
            + JsonValue.write(capabilities)
            + ",\"serverInfo\":"
            + info
            + instructions.map(text -> ",\"instructions\":" + JsonText.quote(text)).orElse("")
            + "}}");
  }
}
