package dev.turnpike.protocol.mcp.legacy;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Method;
import dev.turnpike.session.Conversation;
import dev.turnpike.session.Session;

/** What serves several upstreams to legacy callers as if they were one. */
public interface LegacyFederation {
  /** An {@code initialize}, which opens a session that is Turnpike's own. */
  Dialogue opening(Asked asked, String revision, Caller caller, Endpoint endpoint) throws Refused;

  /** A request in such a session. */
  Dialogue request(
      Asked asked, Method method, Call call, Endpoint endpoint, Session session, Conversation kept)
      throws Refused;

  /** The roots of the session's caller have changed. On an event loop. */
  void rootsChanged(Session session);

  /** The stream of such a session, for what belongs to no request. */
  Dialogue listening(Call call, Endpoint endpoint, Session session, Conversation kept);
}
