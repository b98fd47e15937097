package dev.turnpike.protocol.mcp.bridge.tomodern;

import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Calls;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.Span;
import dev.turnpike.rpc.Splice;
import dev.turnpike.session.Conversation;
import java.util.Optional;

/**
 * A legacy request as a modern upstream takes it: what the session knows is said in each request
 * (2026-07-28, {@code _meta}). All else stays as the caller wrote it.
 */
final class Stamp {
  private final Asked asked;
  private final Conversation conversation;
  private final String capabilities;

  /**
   * Answers that a request is sent again with.
   *
   * @param id new, as the revision wants it
   * @param responses of the last round, as JSON; empty where nothing was asked
   * @param state the upstream's own, byte for byte, quotes included
   */
  record Again(RpcId id, Optional<String> responses, Optional<String> state) {}

  /**
   * @param capabilities that are declared, as JSON
   */
  Stamp(Asked asked, Conversation conversation, String capabilities) {
    this.asked = asked;
    this.capabilities = capabilities;
    this.conversation = conversation;
  }

  /** Refuses what has no place to put it. */
  void check() throws Refused {
    if (asked.scan().has(Asked.PARAMS) && !asked.isObject(Asked.PARAMS)) {
      throw Calls.invalid("params must be an object");
    }
    if (asked.scan().has(Asked.META) && !asked.isObject(Asked.META)) {
      throw Calls.invalid("params._meta must be an object");
    }
  }

  Payload first() {
    return splice().apply();
  }

  Payload again(Again again) {
    Scan scan = asked.scan();
    Splice splice = splice();
    splice.replace(scan.span(Asked.ID), again.id().lexeme());
    Span params = scan.span(Asked.PARAMS);
    again.responses().ifPresent(json -> splice.insertMember(params, "inputResponses", json));
    again.state().ifPresent(json -> splice.insertMember(params, "requestState", json));
    return splice.apply();
  }

  private Splice splice() {
    Scan scan = asked.scan();
    Splice splice = Splice.of(asked.body());
    // rounds are Turnpike's affair here: a caller of this era has no say in them
    splice.removeMember(scan, Asked.INPUT_RESPONSES);
    splice.removeMember(scan, Asked.REQUEST_STATE);
    splice.removeMember(scan, Asked.META_CAPABILITIES);
    splice.removeMember(scan, Asked.META_CLIENT);
    splice.removeMember(scan, Asked.META_LOG_LEVEL);
    if (scan.type(Asked.META) == JsonType.OBJECT) {
      Span meta = scan.span(Asked.META);
      splice.insertMember(meta, Words.META_VERSION, JsonText.quote(Revisions.MODERN));
      splice.insertMember(meta, Words.META_CAPABILITIES, capabilities);
      splice.insertMember(meta, Words.META_CLIENT, conversation.client());
      splice.insertMember(meta, Words.META_LOG_LEVEL, JsonText.quote(conversation.logLevel()));
    } else if (scan.type(Asked.PARAMS) == JsonType.OBJECT) {
      splice.insertMember(scan.span(Asked.PARAMS), "_meta", meta());
    } else {
      Span whole = scan.spanIn(asked.body());
      splice.insertMember(trimmed(whole), "params", "{\"_meta\":" + meta() + "}");
    }
    return splice;
  }

  // white space may surround a document
  private Span trimmed(Span whole) {
    int start = whole.start();
    int end = whole.end();
    while (asked.body().at(start) != '{') {
      start++;
    }
    while (asked.body().at(end - 1) != '}') {
      end--;
    }
    return new Span(start, end);
  }

  private String meta() {
    return "{"
        + identity(conversation, capabilities)
        + ",\""
        + Words.META_LOG_LEVEL
        + "\":"
        + JsonText.quote(conversation.logLevel())
        + "}";
  }

  /** The members of {@code _meta} that each modern request must have, without braces. */
  static String identity(Conversation conversation, String capabilities) {
    return "\"%s\":\"%s\",\"%s\":%s,\"%s\":%s"
        .formatted(
            Words.META_VERSION,
            Revisions.MODERN,
            Words.META_CAPABILITIES,
            capabilities,
            Words.META_CLIENT,
            conversation.client());
  }
}
