package dev.turnpike.demo;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * MCP 2025-06-18 and 2025-11-25 over HTTP: {@code initialize} opens a session, and every later
 * request names it in a header.
 */
final class LegacyServer implements Handler<HttpServerRequest> {
  static final String SESSION = "Mcp-Session-Id";

  /** Newest first. */
  static final List<String> REVISIONS = List.of("2025-11-25", "2025-06-18");

  private final LegacySessions sessions;
  private final LegacyMethods methods;

  LegacyServer(Vertx vertx, RandomGenerator random) {
    this.sessions = new LegacySessions(random);
    this.methods = new LegacyMethods(vertx);
  }

  /** Ends every session. */
  void close() {
    sessions.endAll();
  }

  @Override
  public void handle(HttpServerRequest request) {
    Answer answer = new Answer(request.response());
    Optional<Integer> barred = Entrance.barred(request);
    if (barred.isPresent()) {
      answer.empty(barred.get());
      return;
    }
    switch (request.method().name()) {
      case "POST" ->
          Entrance.unreadable(request)
              .ifPresentOrElse(
                  answer::empty,
                  () ->
                      Entrance.body(request)
                          .onSuccess(body -> read(request, body, answer))
                          .onFailure(tooLarge -> answer.empty(413)));
      case "GET" -> listen(request, answer);
      case "DELETE" -> end(request, answer);
      default -> answer.header("Allow", "GET, POST, DELETE").empty(405);
    }
  }

  private void read(HttpServerRequest request, Buffer body, Answer answer) {
    Object parsed;
    try {
      parsed = body.toJson();
    } catch (DecodeException e) {
      answer.json(400, Rpc.error(null, Rpc.PARSE_ERROR, "Parse error: the body is not JSON"));
      return;
    }
    // Batches left the protocol with 2025-06-18, the oldest revision spoken here.
    if (!(parsed instanceof JsonObject message) || !"2.0".equals(message.getValue("jsonrpc"))) {
      answer.json(400, Rpc.error(null, Rpc.INVALID_REQUEST, "Invalid Request: not one message"));
      return;
    }
    if ("initialize".equals(message.getValue("method"))) {
      initialize(message, answer);
    } else {
      session(request, answer).ifPresent(session -> take(message, session, answer));
    }
  }

  private void take(JsonObject message, LegacySession session, Answer answer) {
    boolean asks = message.containsKey("method");
    boolean named = message.containsKey("id");
    if (named && !Rpc.isId(message.getValue("id"))) {
      answer.json(400, Rpc.error(null, Rpc.INVALID_REQUEST, "Invalid Request: bad id"));
    } else if (asks && named) {
      methods.answer(message, session, answer);
    } else if (asks) {
      if ("notifications/cancelled".equals(message.getValue("method"))) {
        session.cancel(Rpc.object(message, "params").getValue("requestId"));
      }
      answer.empty(202);
    } else if (named) {
      session.answered(message);
      answer.empty(202);
    } else {
      answer.json(400, Rpc.error(null, Rpc.INVALID_REQUEST, "Invalid Request: not a message"));
    }
  }

  private void initialize(JsonObject message, Answer answer) {
    Object id = message.getValue("id");
    JsonObject params = Rpc.object(message, "params");
    String wanted = Rpc.text(params, "protocolVersion");
    if (!Rpc.isId(id) || wanted == null) {
      answer.json(
          400, Rpc.error(null, Rpc.INVALID_REQUEST, "Invalid Request: initialize is incomplete"));
      return;
    }
    boolean elicitation = Rpc.object(params, "capabilities").containsKey("elicitation");
    LegacySession session = sessions.open(elicitation);
    JsonObject none = new JsonObject();
    JsonObject result =
        new JsonObject()
            .put("protocolVersion", REVISIONS.contains(wanted) ? wanted : REVISIONS.getFirst())
            .put(
                "capabilities",
                new JsonObject().put("tools", none).put("resources", none).put("prompts", none))
            .put(
                "serverInfo",
                new JsonObject().put("name", "turnpike-demo-legacy").put("version", "1"))
            .put("instructions", "A demo: try echo, add, countdown and ask-name.");
    answer.header(SESSION, session.id()).last(Rpc.result(id, result));
  }

  private void listen(HttpServerRequest request, Answer answer) {
    if (!Entrance.accepts(request, "text/event-stream")) {
      answer.empty(406);
      return;
    }
    session(request, answer)
        .ifPresent(session -> {
          if (session.connect(answer)) {
            answer.open();
          } else {
            answer.json(
                409, Rpc.error(null, Rpc.INVALID_REQUEST, "This session has a stream already"));
          }
        });
  }

  private void end(HttpServerRequest request, Answer answer) {
    session(request, answer)
        .ifPresent(session -> {
          sessions.end(session);
          answer.empty(204);
        });
  }

  /** The session that the request names; where it names none, or a wrong one, that is answered. */
  private Optional<LegacySession> session(HttpServerRequest request, Answer answer) {
    String revision = request.getHeader("MCP-Protocol-Version");
    if (revision != null && !REVISIONS.contains(revision)) {
      String known = new JsonArray(REVISIONS).encode();
      answer.json(
          400,
          Rpc.error(
              null, Rpc.INVALID_REQUEST, "Unsupported MCP-Protocol-Version, not in " + known));
      return Optional.empty();
    }
    String id = request.getHeader(SESSION);
    if (id == null) {
      answer.json(400, Rpc.error(null, Rpc.INVALID_REQUEST, SESSION + " is missing"));
      return Optional.empty();
    }
    Optional<LegacySession> session = sessions.find(id);
    if (session.isEmpty()) {
      answer.json(404, Rpc.error(null, Rpc.INVALID_REQUEST, "Session not found"));
    }
    return session;
  }
}
