package dev.turnpike.protocol.mcp.bridge.tomodern;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Refused;
import dev.turnpike.exchange.Reply;
import dev.turnpike.exchange.Visibility;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Calls;
import dev.turnpike.protocol.mcp.ClientCapabilities;
import dev.turnpike.protocol.mcp.Method;
import dev.turnpike.protocol.mcp.Natures;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.protocol.mcp.legacy.ModernBridge;
import dev.turnpike.protocol.mcp.modern.Hidden;
import dev.turnpike.protocol.mcp.modern.Tools;
import dev.turnpike.rpc.Payload;
import dev.turnpike.session.Conversation;
import dev.turnpike.session.Session;
import dev.turnpike.session.Sessions;
import dev.turnpike.upstream.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Legacy callers at modern upstreams. */
public final class ToModern implements ModernBridge {
  private static final Set<String> LEVELS =
      Set.of("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");

  private final ModernSide side;
  private final Listenings listenings;

  /**
   * @param hidden extensions that are used for callers that do not know them
   * @param inputTime how long a caller may take to answer what an upstream asks
   */
  public ToModern(
      Sessions sessions, Natures natures, Tools tools, List<Hidden> hidden, Duration inputTime) {
    this.side = new ModernSide(natures, tools, new OutputSchemas(), sessions, hidden, inputTime);
    this.listenings = new Listenings(side);
    // what a tool's schema was wrapped in is known also to who calls it before a list
    tools.whenListed((upstream, tool) ->
        ToolsDown.legacy(side.schemas(), upstream, tool.name(), tool.entry().payload()));
  }

  @Override
  public CompletableFuture<Consumer<Reply>> opening(
      Upstream upstream, Asked asked, String revision, Caller caller, Endpoint endpoint) {
    try {
      ClientCapabilities.bounded(asked, Asked.CAPABILITIES, Asked.CLIENT);
    } catch (Refused refused) {
      return CompletableFuture.failedFuture(refused);
    }
    return ServerDescription.of(upstream)
        .thenApply(server ->
            reply -> {
              Conversation kept =
                  new Conversation(
                      ClientCapabilities.modern(asked, revision),
                      asked.scan().part(Asked.CLIENT).text());
              Session session =
                  side.sessions().open(caller, endpoint.name(), revision, upstream.address(), kept);
              reply.header("Mcp-Session-Id", session.id());
              reply.answer(200, Words.JSON, server.initialized(asked.id().orElseThrow(), revision));
            });
  }

  @Override
  public Dialogue request(
      Asked asked, Method method, Call call, String upstream, Session session, Conversation kept)
      throws Refused {
    return switch (method.name()) {
      case "logging/setLevel" -> {
        String level = asked.text(Asked.LEVEL).orElse("");
        if (!LEVELS.contains(level)) {
          throw Calls.invalid("params.level must be a level of RFC 5424, such as info");
        }
        yield new Local(asked, call, upstream, () -> kept.logLevel(level));
      }
      case "ping" -> new Local(asked, call, upstream, () -> {});
      case "resources/subscribe" ->
          new Subscribing(asked, call, upstream, listenings.of(session, kept, upstream), true);
      case "resources/unsubscribe" ->
          new Subscribing(asked, call, upstream, listenings.of(session, kept, upstream), false);
      default -> new BridgedRequest(asked, method, call, upstream, session, kept, side);
    };
  }

  /** Begins to tell the session what the upstream says outside of calls. */
  public void listen(Session session, Conversation kept, Upstream upstream, Visibility seen) {
    listenings.of(session, kept, upstream.name()).begin(upstream, seen);
  }

  /** The session knows that resource of the upstream by another URI. */
  public void shownAs(
      Session session, Conversation kept, String upstream, String uri, String shown) {
    listenings.of(session, kept, upstream).shownAs(uri, shown);
  }

  /** A tool of the upstream, as a legacy caller is shown it. */
  public Payload tool(Upstream upstream, String name, Payload definition) {
    return ToolsDown.legacy(side.schemas(), upstream, name, definition);
  }

  @Override
  public Dialogue listening(Call call, String upstream, Session session, Conversation kept) {
    return new BridgedStream(call, upstream, listenings.of(session, kept, upstream));
  }
}
