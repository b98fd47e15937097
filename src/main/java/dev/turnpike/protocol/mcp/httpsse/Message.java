package dev.turnpike.protocol.mcp.httpsse;

import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.MalformedJson;
import dev.turnpike.rpc.NotRpc;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcMembers;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.rpc.RpcReader;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.ScanLimits;
import dev.turnpike.rpc.Splice;
import dev.turnpike.rpc.Strictness;
import dev.turnpike.rpc.Wanted;
import dev.turnpike.rpc.Wanted.Member;
import java.util.Optional;

/** A message, with what concerns its transport. */
record Message(Scan scan, RpcMessage kind) {
  private static final ScanLimits LIMITS = new ScanLimits(1_000, 4_000_000);
  private static final Wanted WANTED = new Wanted();

  static {
    RpcMembers.register(WANTED);
  }

  private static final Member ASKED_VERSION = WANTED.member("params", "protocolVersion");
  private static final Member VERSION = WANTED.member("result", "protocolVersion");

  /** Empty where it is no single message. */
  static Optional<Message> read(Payload json) {
    try {
      Scan scan = JsonScanner.scan(json, WANTED, LIMITS, Strictness.UPSTREAM);
      return Optional.of(new Message(scan, RpcReader.read(scan)));
    } catch (MalformedJson | NotRpc _) {
      return Optional.empty();
    }
  }

  /** Whether it is the answer to the request of that id, as that was written. */
  boolean answers(String id) {
    return switch (kind) {
      case RpcMessage.Result(var of) -> of.lexeme().equals(id);
      case RpcMessage.Failure(var of, _) -> of.filter(it -> it.lexeme().equals(id)).isPresent();
      case RpcMessage.Request _, RpcMessage.Notification _ -> false;
    };
  }

  /** The id of a request. */
  Optional<String> id() {
    return kind instanceof RpcMessage.Request(var id, _)
        ? Optional.of(id.lexeme())
        : Optional.empty();
  }

  /** The revision that it asks for, where it opens a session. */
  Optional<String> opens() {
    return kind instanceof RpcMessage.Request(_, var method) && method.equals("initialize")
        ? scan.text(ASKED_VERSION)
        : Optional.empty();
  }

  boolean isNotification(String name) {
    return kind instanceof RpcMessage.Notification(var said) && said.equals(name);
  }

  /** The same, asking for another revision. */
  Payload asking(String revision) {
    return Splice.of(scan.payload())
        .replace(scan.span(ASKED_VERSION), JsonText.quote(revision))
        .apply();
  }

  /** The same, having agreed on another revision. */
  Payload inRevision(String revision) {
    return scan.has(VERSION)
        ? Splice.of(scan.payload()).replace(scan.span(VERSION), JsonText.quote(revision)).apply()
        : scan.payload();
  }
}
