package dev.turnpike.protocol.mcp.legacy;

import dev.turnpike.catalog.Endpoint;
import dev.turnpike.exchange.Call;
import dev.turnpike.exchange.Caller;
import dev.turnpike.exchange.Inbound;
import dev.turnpike.exchange.Refusal;
import dev.turnpike.exchange.Refused;
import dev.turnpike.protocol.Dialogue;
import dev.turnpike.protocol.mcp.Asked;
import dev.turnpike.protocol.mcp.Calls;
import dev.turnpike.protocol.mcp.Era;
import dev.turnpike.protocol.mcp.McpErrors;
import dev.turnpike.protocol.mcp.Method;
import dev.turnpike.protocol.mcp.Natures;
import dev.turnpike.protocol.mcp.Served;
import dev.turnpike.protocol.mcp.Words;
import dev.turnpike.rpc.JsonType;
import dev.turnpike.rpc.RpcId;
import dev.turnpike.rpc.RpcMessage;
import dev.turnpike.session.Conversation;
import dev.turnpike.session.EventLog;
import dev.turnpike.session.Session;
import dev.turnpike.session.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads a legacy request: which session it is of, and what it wants there. */
public final class Legacy {
  private final Sessions sessions;
  private final Natures natures;
  private final ModernBridge bridge;
  private final LegacyFederation federation;
  private final Served served;

  public Legacy(
      Sessions sessions,
      Natures natures,
      ModernBridge bridge,
      LegacyFederation federation,
      Served served) {
    this.sessions = sessions;
    this.natures = natures;
    this.bridge = bridge;
    this.federation = federation;
    this.served = served;
  }

  /** A posted message. */
  public Dialogue read(Inbound inbound, Asked asked, Caller caller, Endpoint endpoint)
      throws Refused {
    return switch (asked.message()) {
      case RpcMessage.Request(_, var name) -> request(inbound, asked, name, caller, endpoint);
      case RpcMessage.Notification(var name) -> {
        Session session = session(inbound, caller, endpoint);
        yield new LegacyNotice(
            Calls.control("notification", session.revision(), endpoint.name()),
            endpoint.upstream(),
            asked.body(),
            session,
            session.conversation().isEmpty() && LegacyNotice.KNOWN.contains(name),
            () ->
                session
                    .conversation()
                    .ifPresent(kept -> noticed(endpoint, session, kept, name, asked)),
            sessions);
      }
      case RpcMessage.Result(var id) -> {
        Session session = session(inbound, caller, endpoint);
        yield answer(asked, session, endpoint, Optional.of(id));
      }
      case RpcMessage.Failure(var id, _) -> {
        Session session = session(inbound, caller, endpoint);
        yield answer(asked, session, endpoint, id);
      }
    };
  }

  // the caller cancels a request of its own, or has other roots; nothing else that it may say has a
  // counterpart
  private void noticed(
      Endpoint endpoint, Session session, Conversation kept, String name, Asked asked) {
    if (name.equals("notifications/cancelled")) {
      asked.requestId().ifPresent(kept::cancel);
    } else if (name.equals("notifications/roots/list_changed") && endpoint.federated()) {
      federation.rootsChanged(session);
    }
  }

  private Dialogue answer(Asked asked, Session session, Endpoint endpoint, Optional<RpcId> id) {
    // an answer that nobody waits for is acknowledged and goes no further
    return new LegacyNotice(
        Calls.control("answer", session.revision(), endpoint.name()),
        endpoint.upstream(),
        asked.body(),
        session,
        session.conversation().isEmpty() && id.isPresent() && session.answers(id.get()),
        () ->
            session
                .conversation()
                .ifPresent(kept -> id.ifPresent(of -> kept.answered(of, asked.body()))),
        sessions);
  }

  private Dialogue request(
      Inbound inbound, Asked asked, String name, Caller caller, Endpoint endpoint) throws Refused {
    if (name.equals("initialize")) {
      return opening(asked, caller, endpoint);
    }
    Session session = session(inbound, caller, endpoint);
    Method method =
        Method.named(Era.LEGACY, name)
            .orElseThrow(() -> new Refused(new Refusal.NoSuchMethod(name)));
    if (asked.scan().has(Asked.TASK)) {
      throw Calls.invalid("params.task: tasks are not served here");
    }
    Call call = Calls.of(asked, method, session.revision(), endpoint.name());
    Optional<Conversation> kept = session.conversation();
    if (kept.isPresent()) {
      return endpoint.federated()
          ? federation.request(asked, method, call, endpoint, session, kept.get())
          : bridge.request(asked, method, call, endpoint.upstream(), session, kept.get());
    }
    return new LegacyRequest(asked, method, call, endpoint.upstream(), session, sessions, natures);
  }

  private Dialogue opening(Asked asked, Caller caller, Endpoint endpoint) throws Refused {
    if (asked.scan().type(Asked.VERSION) != JsonType.STRING) {
      throw Calls.invalid("params.protocolVersion must be a string");
    }
    if (!asked.isObject(Asked.CAPABILITIES)) {
      throw Calls.invalid("params.capabilities must be an object");
    }
    if (!asked.isObject(Asked.CLIENT)) {
      throw Calls.invalid("params.clientInfo must be an object");
    }
    if (!sessions.roomFor(caller, endpoint.name())) {
      throw new Refused(
          new Refusal.TooBusy(
              "There are as many sessions open as there may be", Duration.ofSeconds(5)));
    }
    List<String> there = served.legacy(caller, endpoint.name());
    String requested = asked.text(Asked.VERSION).orElse("");
    if (there.isEmpty()) {
      throw Served.unsupported(requested, served.modern(caller, endpoint.name()));
    }
    // another than was asked for: the newest that there is (basic/lifecycle, "Version Negotiation")
    String revision = there.contains(requested) ? requested : there.getFirst();
    return endpoint.federated()
        ? federation.opening(asked, revision, caller, endpoint)
        : new LegacyOpening(
            asked,
            revision,
            one -> served.serves(one, caller, endpoint.name()),
            caller,
            endpoint,
            sessions,
            natures,
            bridge);
  }

  /** A GET: a stream of its own, or one that was lost. */
  public Dialogue listen(Inbound inbound, Caller caller, Endpoint endpoint) throws Refused {
    Session session = session(inbound, caller, endpoint);
    if (!inbound.headers().first("accept").orElse("").contains(Words.EVENTS)) {
      throw new Refused(
          new Refusal.ProtocolRule(
              406, McpErrors.INVALID_REQUEST, "A GET must accept " + Words.EVENTS));
    }
    Call call = Calls.control("stream", session.revision(), endpoint.name());
    Optional<String> last = inbound.headers().first(Words.HEADER_LAST_EVENT);
    Optional<Conversation> kept = session.conversation();
    if (last.isEmpty() && kept.isPresent()) {
      return endpoint.federated()
          ? federation.listening(call, endpoint, session, kept.get())
          : bridge.listening(call, endpoint.upstream(), session, kept.get());
    }
    if (last.isEmpty()) {
      return new LegacyStream(call, endpoint.upstream(), session, sessions);
    }
    EventLog log =
        session
            .streamOf(last.get())
            .orElseThrow(() ->
                new Refused(
                    new Refusal.ProtocolRule(
                        400,
                        McpErrors.INVALID_REQUEST,
                        "Last-Event-ID is of no stream that this session still has")));
    return new LegacyReplay(call, endpoint.upstream(), log, last.get());
  }

  /** A DELETE: the end of the session. */
  public Dialogue end(Inbound inbound, Caller caller, Endpoint endpoint) throws Refused {
    Session session = session(inbound, caller, endpoint);
    return new LegacyEnd(
        Calls.control("end", session.revision(), endpoint.name()),
        endpoint.upstream(),
        session,
        sessions);
  }

  /** The session that the request names, if it is the caller's own. */
  public Session session(Inbound inbound, Caller caller, Endpoint endpoint) throws Refused {
    List<String> ids = inbound.headers().all(Words.HEADER_SESSION);
    if (ids.size() != 1) {
      throw new Refused(
          new Refusal.ProtocolRule(
              400,
              McpErrors.INVALID_REQUEST,
              ids.isEmpty()
                  ? "Mcp-Session-Id is missing: initialize a session first"
                  : "Mcp-Session-Id is given more than once"));
    }
    Session session =
        sessions
            .find(ids.getFirst(), caller, endpoint.name())
            .orElseThrow(() -> new Refused(new Refusal.NoSuchSession()));
    version(inbound.headers().all(Words.HEADER_VERSION), session);
    return session;
  }

  // absent is taken for the agreed version: clients of 2025-03-26 do not send it
  private static void version(List<String> said, Session session) throws Refused {
    if (said.isEmpty() || (said.size() == 1 && said.getFirst().equals(session.revision()))) {
      return;
    }
    throw new Refused(
        new Refusal.ProtocolRule(
            400,
            McpErrors.INVALID_REQUEST,
            "MCP-Protocol-Version is not the version of this session, " + session.revision()));
  }
}
