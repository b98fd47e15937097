package dev.turnpike.protocol.mcp.legacy;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Method;
import dev.turnpike.session.Conversation;
import dev.turnpike.session.Session;
import dev.turnpike.upstream.Upstream;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What stands in for the upstream's side of a session where the upstream has none. */
public interface ModernBridge {
  /**
   * Asks the upstream what it is. Completes with the answer to {@code initialize}, which opens the
   * session; fails with {@link Refused} where the upstream does not say.
   */
  CompletableFuture<Consumer<Reply>> opening(
      Upstream upstream, Asked asked, String revision, Caller caller, Endpoint endpoint);

  /** A request in such a session. */
  Dialogue request(
      Asked asked, Method method, Call call, String upstream, Session session, Conversation kept)
      throws Refused;

  /** The stream of such a session, for what belongs to no request. */
  Dialogue listening(Call call, String upstream, Session session, Conversation kept);
}
