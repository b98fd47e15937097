package dev.turnpike.protocol.mcp.httpsse;

import dev.turnpike.protocol.mcp.Frame;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcMessage;
import java.util.Optional;

/** A message, with what concerns its transport. */
record Message(Frame frame) {
  /** Empty where it is no single message. */
  static Optional<Message> read(Payload json) {
    return Frame.read(json).map(Message::new);
  }

  /** Whether it is the answer to the request of that id, as that was written. */
  boolean answers(String id) {
    return switch (frame.message()) {
      case RpcMessage.Result(var of) -> of.lexeme().equals(id);
      case RpcMessage.Failure(var of, _) -> of.filter(it -> it.lexeme().equals(id)).isPresent();
      case RpcMessage.Request _, RpcMessage.Notification _ -> false;
    };
  }

  /** The id of a request. */
  Optional<String> id() {
    return frame.message() instanceof RpcMessage.Request(var id, _)
        ? Optional.of(id.lexeme())
        : Optional.empty();
  }

  /** The revision that it asks for, where it opens a session. */
  Optional<String> opens() {
    return frame.message() instanceof RpcMessage.Request(_, var method)
            && method.equals("initialize")
        ? frame.scan().text(Frame.ASKED_VERSION)
        : Optional.empty();
  }

  boolean isNotification(String name) {
    return frame.message() instanceof RpcMessage.Notification(var said) && said.equals(name);
  }

  /** The same, asking for another revision. */
  Payload asking(String revision) {
    return frame.with(Frame.ASKED_VERSION, JsonText.quote(revision));
  }

  /** The same, having agreed on another revision. */
  Payload inRevision(String revision) {
    return frame.with(Frame.VERSION, JsonText.quote(revision));
  }
}
