package dev.turnpike.rpc;

import java.util.Optional;

/** Valid JSON that is not a JSON-RPC 2.0 message. Without a stack trace, like MalformedJson. */
public final class NotRpc extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Optional<RpcId> id;

  public NotRpc(String reason, Optional<RpcId> id) {
    super(reason, null, false, false);
    this.id = id;
  }

  /** The id to answer with, when the message has a usable one. */
  public Optional<RpcId> id() {
    return id;
  }
}
