package dev.turnpike.rpc;

import dev.turnpike.rpc.Wanted.Member;

/** The members that make a JSON object a JSON-RPC 2.0 message (sections 4 and 5). */
public record RpcMembers(
    Member jsonrpc,
    Member id,
    Member method,
    Member params,
    Member result,
    Member error,
    Member errorCode,
    Member errorMessage) {

  /** Wants them all; call it once on a Wanted that messages are scanned with. */
  public static RpcMembers register(Wanted wanted) {
    RpcMembers members =
        new RpcMembers(
            wanted.member("jsonrpc"),
            wanted.member("id"),
            wanted.member("method"),
            wanted.member("params"),
            wanted.member("result"),
            wanted.member("error"),
            wanted.member("error", "code"),
            wanted.member("error", "message"));
    wanted.remember(members);
    return members;
  }
}
