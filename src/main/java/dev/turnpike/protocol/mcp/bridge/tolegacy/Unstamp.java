package dev.turnpike.protocol.mcp.bridge.tolegacy;

import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.JsonScanner;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.Payload;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.Scan;
import dev.turnpike.rpc.Splice;
import java.util.Set;

/**
 * A modern request as a legacy upstream takes it, in a session that says all that was said in the
 * request. What is not of the protocol in {@code _meta} stays.
 */
final class Unstamp {
  private static final String OURS = "io.modelcontextprotocol/";
  private static final Set<String> KNOWN =
      Set.of(Words.META_VERSION, Words.META_CAPABILITIES, Words.META_CLIENT, Words.META_LOG_LEVEL);

  private Unstamp() {}

  /**
   * The request under an id of the session.
   *
   * @param id takes the place of the progress token, too, where there is one: two requests of one
   *     session may not have the same
   */
  static Payload legacy(Asked asked, RpcId id) {
    Scan scan = asked.scan();
    Splice splice = Splice.of(asked.body());
    splice.replace(scan.span(Asked.ID), id.lexeme());
    splice.removeMember(scan, Asked.META_VERSION);
    splice.removeMember(scan, Asked.META_CAPABILITIES);
    splice.removeMember(scan, Asked.META_CLIENT);
    splice.removeMember(scan, Asked.META_LOG_LEVEL);
    splice.removeMember(scan, Asked.INPUT_RESPONSES);
    splice.removeMember(scan, Asked.REQUEST_STATE);
    unknown(scan, splice);
    if (scan.has(Asked.PROGRESS_TOKEN)) {
      splice.replace(scan.span(Asked.PROGRESS_TOKEN), id.lexeme());
    }
    return splice.apply();
  }

  // what else the protocol itself may say there one day is nothing to a server of that era
  private static void unknown(Scan scan, Splice splice) {
    if (scan.type(Asked.META) == JsonType.OBJECT) {
      JsonScanner.members(scan.part(Asked.META)).stream()
          .filter(one -> one.name().startsWith(OURS) && !KNOWN.contains(one.name()))
          .forEach(splice::removeMember);
    }
  }
}
