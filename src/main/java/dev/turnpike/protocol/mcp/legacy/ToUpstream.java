package dev.turnpike.protocol.mcp.legacy;

import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.mcp.McpErrors;
import dev.turnpike.protocol.mcp.Nature;
import dev.turnpike.protocol.mcp.Natures;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.Payload;
import dev.turnpike.session.Session;
import dev.turnpike.upstream.Field;
import dev.turnpike.upstream.Outgoing;
import dev.turnpike.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

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

  private static List<Field> fields(Session session) {
    List<Field> fields = new ArrayList<>(4);
    session.upstreamSession().ifPresent(id -> fields.add(new Field(Words.HEADER_SESSION, id)));
    if (!session.revision().equals(Revisions.BATCHING)) {
      fields.add(new Field(Words.HEADER_VERSION, session.revision()));
    }
    return fields;
  }

  /**
   * Completes where the upstream may speak a legacy revision; fails with {@link Refused} where it
   * does not.
   */
  static CompletableFuture<Nature> legacy(Upstream upstream, Natures natures) {
    return natures
        .of(upstream)
        .thenCompose(nature ->
            switch (nature) {
              case LEGACY, MODERN_AT_LEAST -> CompletableFuture.completedFuture(nature);
              case MODERN -> CompletableFuture.failedFuture(new Refused(modernOnly()));
            });
  }

  /** The upstream has no legacy revision, and nothing here bridges the eras yet. */
  static Refusal modernOnly() {
    return new Refusal.ProtocolRule(
        400,
        McpErrors.UNSUPPORTED_VERSION,
        "Unsupported protocol version: the server behind this endpoint speaks "
            + Revisions.MODERN
            + " only",
        Map.of("supported", Revisions.MODERN_ALL));
  }
}
