package dev.turnpike.protocol.mcp.federation;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Course;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Calls;
import dev.turnpike.protocol.mcp.ClientCapabilities;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.protocol.mcp.bridge.pool.Pool;
import dev.turnpike.rpc.JsonText;
import dev.turnpike.rpc.JsonValue;
import dev.turnpike.rpc.Payload;
import dev.turnpike.session.Conversation;
import dev.turnpike.session.Session;
import dev.turnpike.session.Sessions;

/** {@code initialize} at an endpoint with several upstreams. */
final class FederatedOpening extends AtFront {
  private final String revision;
  private final String capabilities;
  private final Caller caller;
  private final Sessions sessions;
  private final Pool pool;

  FederatedOpening(
      Asked asked,
      String revision,
      Caller caller,
      Endpoint endpoint,
      Showing showing,
      Sessions sessions,
      Pool pool) {
    super(
        asked,
        Calls.control("initialize", revision, endpoint.name()),
        Era.LEGACY,
        endpoint,
        showing);
    this.revision = revision;
    this.capabilities = ClientCapabilities.modern(asked, revision);
    this.caller = caller;
    this.sessions = sessions;
    this.pool = pool;
  }

  @Override
  Course course(Merged merged, Visibility visibility) {
    return new Course.Home(reply -> open(FederatedServer.of(endpoint(), merged), reply));
  }

  private void open(FederatedServer server, Reply reply) {
    Conversation kept = new Conversation(capabilities, asked().scan().part(Asked.CLIENT).text());
    // it leads to no one upstream, and so to no address
    Session session = sessions.open(caller, endpoint().name(), revision, "", kept);
    kept.atEnd(() -> pool.end(session.id()));
    reply.header("Mcp-Session-Id", session.id());
    reply.answer(
        200,
        Words.JSON,
        Payload.of(
            "{\"jsonrpc\":\"2.0\",\"id\":"
                + asked().id().orElseThrow().lexeme()
                + ",\"result\":{\"protocolVersion\":"
                + JsonText.quote(revision)
                + ",\"capabilities\":"
                + JsonValue.write(server.capabilities())
                + ",\"serverInfo\":"
                + server.info()
                + server
                    .instructions()
                    .map(text -> ",\"instructions\":" + JsonText.quote(text))
                    .orElse("")
                + "}}"));
  }
}
