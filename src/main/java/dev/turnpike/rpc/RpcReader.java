package dev.turnpike.rpc;

import java.util.Optional;

/**
 * Reads the shape of a message (JSON-RPC 2.0 sections 4 and 5), more strictly than the letter: an
 * id is a string or an integer, as MCP wants it, and what could be read as two shapes is refused.
 */
public final class RpcReader {
  private RpcReader() {}

  /**
   * Reads one message. A batch is none.
   *
   * @param scan made with a Wanted that went through {@link RpcMembers#register}
   */
  public static RpcMessage read(Scan scan) throws NotRpc {
    if (scan.type() != JsonType.OBJECT) {
      throw new NotRpc("the message is not an object", Optional.empty());
    }
    RpcMembers members = scan.wanted().rpc();
    Optional<RpcId> id = id(scan, members.id());
    check(scan.text(members.jsonrpc()).filter("2.0"::equals).isPresent(), "jsonrpc is not 2.0", id);
    boolean answers = scan.has(members.result()) || scan.has(members.error());
    if (scan.has(members.method())) {
      check(!answers, "the message is both a call and an answer", id);
      return call(scan, members, id);
    }
    check(answers, "the message has no method, result or error", id);
    return answer(scan, members, id);
  }

  private static RpcMessage call(Scan scan, RpcMembers members, Optional<RpcId> id) throws NotRpc {
    String method = scan.text(members.method()).orElse("");
    check(scan.type(members.method()) == JsonType.STRING, "method is not a string", id);
    check(
        switch (scan.type(members.params())) {
          case ABSENT, OBJECT, ARRAY -> true;
          case STRING, NUMBER, TRUE, FALSE, NULL -> false;
        },
        "params is not an object or an array",
        id);
    if (!scan.has(members.id())) {
      return new RpcMessage.Notification(method);
    }
    return new RpcMessage.Request(usable(id), method);
  }

  private static RpcMessage answer(Scan scan, RpcMembers members, Optional<RpcId> id)
      throws NotRpc {
    if (scan.has(members.result())) {
      check(!scan.has(members.error()), "the message has both result and error", id);
      return new RpcMessage.Result(usable(id));
    }
    check(scan.type(members.error()) == JsonType.OBJECT, "error is not an object", id);
    JsonType idType = scan.type(members.id());
    if (idType != JsonType.ABSENT && idType != JsonType.NULL) {
      usable(id);
    }
    return new RpcMessage.Failure(id, code(scan, members.errorCode()));
  }

  private static RpcId usable(Optional<RpcId> id) throws NotRpc {
    return id.orElseThrow(() -> new NotRpc("id is not a string or an integer", id));
  }

  private static void check(boolean holds, String otherwise, Optional<RpcId> id) throws NotRpc {
    if (!holds) {
      throw new NotRpc(otherwise, id);
    }
  }

  /** The id that a member holds; empty where it is absent or no id. */
  public static Optional<RpcId> id(Scan scan, Wanted.Member member) {
    return switch (scan.type(member)) {
      case STRING -> {
        Payload quoted = scan.part(member);
        yield Optional.of(new RpcId.Text(JsonText.decode(quoted), quoted.text()));
      }
      case NUMBER -> Optional.of(scan.part(member)).filter(RpcReader::integer).map(RpcReader::num);
      case ABSENT, TRUE, FALSE, NULL, OBJECT, ARRAY -> Optional.empty();
    };
  }

  private static RpcId num(Payload lexeme) {
    return new RpcId.Num(lexeme.text());
  }

  private static boolean integer(Payload number) {
    for (int i = 0; i < number.size(); i++) {
      byte here = number.at(i);
      if (here == '.' || here == 'e' || here == 'E') {
        return false;
      }
    }
    return true;
  }

  private static Optional<Long> code(Scan scan, Wanted.Member member) {
    if (scan.type(member) != JsonType.NUMBER) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(scan.part(member).text()));
    } catch (NumberFormatException notAnInteger) {
      return Optional.empty();
    }
  }
}
