package dev.turnpike.demo;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * MCP 2026-07-28 over HTTP, and nothing older: no sessions, one POST for each message, the protocol
 * version and the client's capabilities in every request.
 */
final class ModernServer implements Handler<HttpServerRequest> {
  static final String REVISION = "2026-07-28";

  private final ModernMethods methods;

  ModernServer(Vertx vertx) {
    this.methods = new ModernMethods(vertx);
  }

  /** Ends the streams that are open, in good order. */
  void close() {
    methods.close();
  }

  @Override
  public void handle(HttpServerRequest request) {
    Answer answer = new Answer(request.response());
    Optional<Integer> barred = Entrance.barred(request);
    if (barred.isPresent()) {
      answer.empty(barred.get());
      return;
    }
    if (request.method() != HttpMethod.POST) {
      answer.header("Allow", "POST").empty(405);
      return;
    }
    Entrance.unreadable(request)
        .ifPresentOrElse(
            answer::empty,
            () ->
                Entrance.body(request)
                    .onSuccess(body -> read(request, body, answer))
                    .onFailure(tooLarge -> answer.empty(413)));
  }

  private void read(HttpServerRequest request, Buffer body, Answer answer) {
    Object parsed;
    try {
      parsed = body.toJson();
    } catch (DecodeException e) {
      answer.json(400, Rpc.error(null, Rpc.PARSE_ERROR, "Parse error: the body is not JSON"));
      return;
    }
    if (!(parsed instanceof JsonObject message)
        || !"2.0".equals(message.getValue("jsonrpc"))
        || Rpc.text(message, "method") == null) {
      answer.json(
          400,
          Rpc.error(null, Rpc.INVALID_REQUEST, "Invalid Request: not a request or notification"));
      return;
    }
    Optional<ModernChecks.Fault> fault = ModernChecks.of(message, request.headers());
    if (fault.isPresent()) {
      answer.json(fault.get().status(), fault.get().error());
    } else if (message.containsKey("id")) {
      methods.answer(message, answer);
    } else {
      answer.empty(202);
    }
  }
}
