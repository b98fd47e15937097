package dev.turnpike.protocol.mcp.legacy;

import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.Payload;
import dev.turnpike.upstream.Field;
import dev.turnpike.upstream.Outgoing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A session at a legacy upstream, and how messages are put to it.
 *
 * @param session the upstream's id of it; empty where it has given none
 * @param revision that was agreed on
 */
public record Link(Optional<String> session, String revision) {
  /** The first message, which no session has yet. */
  public static Outgoing open(Payload initialize) {
    return new Outgoing(
        "POST",
        List.of(new Field("content-type", Words.JSON), new Field("accept", Words.JSON_OR_EVENTS)),
        initialize,
        false);
  }

  /**
   * An {@code initialize} of Turnpike's own.
   *
   * @param capabilities as JSON
   */
  public static Payload initialize(String revision, String capabilities) {
    return Payload.of(
        "{\"jsonrpc\":\"2.0\",\"id\":\"turnpike\",\"method\":\"initialize\",\"params\":{"
            + "\"protocolVersion\":\""
            + revision
            + "\",\"capabilities\":"
            + capabilities
            + ",\"clientInfo\":"
            + Words.OURSELVES
            + "}}");
  }

  public Outgoing post(Payload body, boolean repeatable) {
    List<Field> fields = fields();
    fields.add(new Field("content-type", Words.JSON));
    fields.add(new Field("accept", Words.JSON_OR_EVENTS));
    return new Outgoing("POST", fields, body, repeatable);
  }

  /** The stream of what belongs to no request. */
  public Outgoing listen() {
    List<Field> fields = fields();
    fields.add(new Field("accept", Words.EVENTS));
    return new Outgoing("GET", fields, Payload.EMPTY, true);
  }

  /** The rest of a stream whose connection was closed. */
  public Outgoing resume(String lastEventId) {
    List<Field> fields = fields();
    fields.add(new Field("accept", Words.EVENTS));
    fields.add(new Field(Words.HEADER_LAST_EVENT, lastEventId));
    return new Outgoing("GET", fields, Payload.EMPTY, true);
  }

  /** The end of the session. */
  public Outgoing end() {
    return new Outgoing("DELETE", fields(), Payload.EMPTY, true);
  }

  private List<Field> fields() {
    List<Field> fields = new ArrayList<>(4);
    session.ifPresent(id -> fields.add(new Field(Words.HEADER_SESSION, id)));
    // 2025-03-26 does not have the field
    if (!revision.equals(Revisions.BATCHING)) {
      fields.add(new Field(Words.HEADER_VERSION, revision));
    }
    return fields;
  }
}
