package dev.turnpike.protocol.mcp.legacy;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.Payload;
import dev.turnpike.session.Session;
import dev.turnpike.session.Sessions;
import dev.turnpike.upstream.Field;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How a legacy message is put to a legacy upstream: under the upstream's session, never the
 * caller's.
 */
final class ToUpstream {
  private ToUpstream() {}

  static Outgoing post(Payload body, Session session, boolean repeatable) {
    List<Field> fields = fields(session);
    fields.add(new Field("content-type", Words.JSON));
    fields.add(new Field("accept", Words.JSON_OR_EVENTS));
    return new Outgoing("POST", fields, body, repeatable);
  }

  /** The first message, which no session has yet. */
  static Outgoing open(Payload body) {
    return new Outgoing(
        "POST",
        List.of(new Field("content-type", Words.JSON), new Field("accept", Words.JSON_OR_EVENTS)),
        body,
        false);
  }

  static Outgoing listen(Session session) {
    List<Field> fields = fields(session);
    fields.add(new Field("accept", Words.EVENTS));
    return new Outgoing("GET", fields, Payload.EMPTY, true);
  }

  /** The rest of a stream whose connection was closed. */
  static Outgoing resume(Session session, String lastEventId) {
    List<Field> fields = fields(session);
    fields.add(new Field("accept", Words.EVENTS));
    fields.add(new Field(Words.HEADER_LAST_EVENT, lastEventId));
    return new Outgoing("GET", fields, Payload.EMPTY, true);
  }

  static Outgoing end(Session session) {
    return new Outgoing("DELETE", fields(session), Payload.EMPTY, true);
  }

  /** A session that was opened and is not wanted. */
  static Outgoing end(String upstreamSession) {
    return new Outgoing(
        "DELETE", List.of(new Field(Words.HEADER_SESSION, upstreamSession)), Payload.EMPTY, true);
  }

  private static List<Field> fields(Session session) {
    List<Field> fields = new ArrayList<>(4);
    session.upstreamSession().ifPresent(id -> fields.add(new Field(Words.HEADER_SESSION, id)));
    if (!session.revision().equals(Revisions.BATCHING)) {
      fields.add(new Field(Words.HEADER_VERSION, session.revision()));
    }
    return fields;
  }

  /**
   * Completes where the session was opened on this very upstream. After a reload the endpoint may
   * lead elsewhere: then the session is over, and its id is told to nobody.
   */
  static CompletableFuture<@Nullable Void> same(
      Upstream upstream, Session session, Sessions sessions) {
    if (session.upstream().equals(upstream.address())) {
      return CompletableFuture.completedFuture(null);
    }
    sessions.end(session);
    return CompletableFuture.failedFuture(new Refused(new Refusal.NoSuchSession()));
  }
}
