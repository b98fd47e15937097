package dev.turnpike.protocol.mcp.duplex;

import dev.turnpike.protocol.mcp.Frame;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.RpcMessage;
import java.util.Optional;

/**
 * A request that a peer has not answered yet.
 *
 * @param session that it was asked in; empty in the modern era, which has none
 */
record Asking(Exchange exchange, Frame request, Optional<Session> session) {
  RpcId id() {
    return ((RpcMessage.Request) request.message()).id();
  }

  String method() {
    return ((RpcMessage.Request) request.message()).method();
  }

  boolean modern() {
    return session.isEmpty();
  }

  /** Whether it stands open for what may be said one day, and is no call. */
  boolean standing() {
    return method().equals("subscriptions/listen");
  }

  /** Whether it opens the session. */
  boolean opening() {
    return method().equals("initialize");
  }

  /** Whether it only asks what the peer is, which not every peer takes well. */
  boolean probing() {
    return method().equals("server/discover");
  }
}
