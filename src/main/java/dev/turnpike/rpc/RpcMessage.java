package dev.turnpike.rpc;

import java.util.Optional;

/** The shape of one JSON-RPC 2.0 message; its params, result and error stay in the scan. */
public sealed interface RpcMessage {
  /** Wants an answer. */
  record Request(RpcId id, String method) implements RpcMessage {}

  /** Wants none. */
  record Notification(String method) implements RpcMessage {}

  /** The answer to the request of this id. */
  record Result(RpcId id) implements RpcMessage {}

  /**
   * The other answer.
   *
   * @param id empty when the peer could not read the id of what it answers
   * @param code empty when it is missing, or not an integer of 64 bits
   */
  record Failure(Optional<RpcId> id, Optional<Long> code) implements RpcMessage {}
}
