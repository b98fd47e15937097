package dev.turnpike.protocol.mcp.modern;

import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import java.util.Map;

/** What is said on the stream of {@code subscriptions/listen} (2026-07-28, subscriptions). */
final class Subscriptions {
  private Subscriptions() {}

  /** Whether the acknowledgement promises to tell of that change. */
  static boolean tells(Payload acknowledged, String notice) {
    String list = notice.split("/", -1)[1];
    return JsonValue.read(acknowledged) instanceof Map<?, ?> message
        && message.get("params") instanceof Map<?, ?> params
        && params.get("notifications") instanceof Map<?, ?> honoured
        && Boolean.TRUE.equals(honoured.get(list + "ListChanged"));
  }

  /** A notice that a list has changed. */
  static Payload notice(String name, RpcId subscription) {
    return Payload.of(
        "{\"jsonrpc\":\"2.0\",\"method\":\"%s\",\"params\":{\"_meta\":{\"%s\":%s}}}"
            .formatted(name, Words.META_SUBSCRIPTION, subscription.lexeme()));
  }
}
