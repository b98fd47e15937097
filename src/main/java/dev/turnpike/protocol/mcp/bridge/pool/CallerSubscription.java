package dev.turnpike.protocol.mcp.bridge.pool;

import dev.turnpike.exchange.Reply;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code subscriptions/listen} where it is Turnpike's own: an acknowledgement,
 * notices, and a result at the end (2026-07-28, subscriptions). On the thread of the exchange.
 */
public final class CallerSubscription {
  private final RpcId id;
  private Reply.@Nullable EventSink sink;

  /**
   * @param id of the request
   */
  public CallerSubscription(RpcId id) {
    this.id = id;
  }

  /** Begins the stream. */
  public void open(Reply reply) {
    sink = reply.stream();
  }

  /**
   * Says what will be told; before anything else is.
   *
   * @param lists {@code tools}, {@code prompts}, {@code resources}
   */
  public void acknowledge(Collection<String> lists, Collection<String> uris) {
    Map<String, Object> honoured = new LinkedHashMap<>();
    lists.forEach(list -> honoured.put(list + "ListChanged", true));
    if (!uris.isEmpty()) {
      honoured.put("resourceSubscriptions", List.copyOf(uris));
    }
    say(
        "notifications/subscriptions/acknowledged",
        "\"notifications\":" + JsonValue.write(honoured) + ",");
  }

  /** Tells of a change. */
  public void tell(String name, Optional<String> uri) {
    say(name, uri.map(one -> "\"uri\":" + JsonValue.write(one) + ",").orElse(""));
  }

  private void say(String name, String params) {
    event(
        "\"method\":"
            + JsonValue.write(name)
            + ",\"params\":{"
            + params
            + "\"_meta\":"
            + meta()
            + "}");
  }

  /** Ends it in good order: with its result. */
  public void end() {
    event(
        "\"id\":"
            + id.lexeme()
            + ",\"result\":{\"resultType\":\"complete\",\"_meta\":"
            + meta()
            + "}");
    Reply.EventSink open = sink;
    if (open != null) {
      open.end();
    }
  }

  private void event(String members) {
    Reply.EventSink open = sink;
    if (open != null && !open.closed()) {
      open.event("", Payload.of("{\"jsonrpc\":\"2.0\"," + members + "}"));
    }
  }

  private String meta() {
    return "{\"" + Words.META_SUBSCRIPTION + "\":" + id.lexeme() + "}";
  }
}
