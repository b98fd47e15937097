package dev.turnpike.protocol.mcp.legacy;

import dev.turnpike.exchange.Reply;
import dev.turnpike.protocol.mcp.Told;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.RpcMessage;

/**
 * An upstream's own error. Its HTTP status stays behind: to a legacy caller a 404 means a dead
 * session.
 */
final class Errors {
  private Errors() {}

  static boolean pass(Told told, RpcId id, Reply reply) {
    reply.answer(200, Words.JSON, numbered(told, id));
    return true;
  }

  /** The error with the id of the request, also where the upstream left it out or wrote null. */
  static Payload numbered(Told told, RpcId id) {
    return switch (told.message()) {
      case RpcMessage.Failure(var of, _) when of.isPresent() -> told.scan().payload();
      case RpcMessage.Failure _,
          RpcMessage.Request _,
          RpcMessage.Notification _,
          RpcMessage.Result _ ->
          Payload.of(
              "{\"jsonrpc\":\"2.0\",\"id\":"
                  + id.lexeme()
                  + ",\"error\":"
                  + told.scan().part(Told.ERROR).text()
                  + "}");
    };
  }
}
