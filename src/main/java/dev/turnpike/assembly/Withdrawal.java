package dev.turnpike.assembly;

import dev.turnpike.Snapshot;
import dev.turnpike.exchange.Caller;
import dev.turnpike.protocol.mcp.Calls;
import dev.turnpike.protocol.mcp.Revisions;
import dev.turnpike.protocol.mcp.Served;
import dev.turnpike.protocol.mcp.httpsse.Lines;
import dev.turnpike.protocol.mcp.legacy.Farewell;
import dev.turnpike.relay.Relay;
import dev.turnpike.session.Session;
import dev.turnpike.session.Sessions;
import java.util.function.Consumer;

/** Ends what is open of revisions that are not served to its callers any more. */
record Withdrawal(Served served, Sessions sessions, Relay relay, Lines lines) {
  /**
   * Sessions and the streams that stand open; calls that are on their way go on to their end. From
   * any thread.
   *
   * @param farewell is told of each session that was ended
   */
  void of(Snapshot now, Consumer<Session> farewell) {
    sessions.all().stream()
        .filter(session -> !goes(session.revision(), session.caller(), session.endpoint()))
        .filter(sessions::end)
        .forEach(farewell);
    relay.end(routed ->
        Calls.known(routed.call())
            && !goes(routed.call().revision(), routed.caller(), routed.call().endpoint()));
    lines.retain((path, caller) ->
        now.endpoints()
            .at(path)
            .filter(there -> goes(Revisions.HTTP_SSE, caller, there.name()))
            .isPresent());
  }

  /** Tells the upstream of a session that this has ended. */
  static void farewell(Snapshot served, Session ended) {
    served
        .endpoints()
        .named(ended.endpoint())
        .flatMap(endpoint -> served.upstreams().find(endpoint.upstream()))
        .ifPresent(upstream -> Farewell.say(upstream, ended));
  }

  private boolean goes(String revision, Caller caller, String endpoint) {
    return served.serves(revision, caller, endpoint);
  }
}
